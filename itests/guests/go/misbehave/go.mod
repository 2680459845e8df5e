module patchbay.io/itests/misbehave

go 1.24

require patchbay.io/sdk/go v0.0.0

replace patchbay.io/sdk/go => ../../../../sdk/go
