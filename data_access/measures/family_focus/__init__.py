"""Family focus: the child's and the parents' views are recorded."""
