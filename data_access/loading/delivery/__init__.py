"""What came: files, which extract each sheet is, when it was taken and for which dates."""
