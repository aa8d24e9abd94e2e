"""The inspection evidence as a pack: what it says, as one document, and its writers: PDF, Word, Excel."""
