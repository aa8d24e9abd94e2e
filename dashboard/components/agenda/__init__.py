"""The agenda of the weekly meeting: last week's decisions, the strands with exceptions first, and the close."""
