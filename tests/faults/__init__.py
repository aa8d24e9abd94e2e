"""Faults of files, disks, processes and people at once: each told plainly, none losing anything."""
