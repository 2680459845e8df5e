module patchbay.io/docs/check

go 1.24
