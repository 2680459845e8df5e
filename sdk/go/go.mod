module patchbay.io/sdk/go

go 1.24
