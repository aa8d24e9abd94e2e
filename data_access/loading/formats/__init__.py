"""The formats that extracts come in: each reader turns a file into sheets of the native shape."""
