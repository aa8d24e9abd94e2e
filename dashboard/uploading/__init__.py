"""Files that people upload, loaded by a process of their own."""
