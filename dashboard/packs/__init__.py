"""Meeting packs: what a meeting reads, as one document, and its writers: PDF, Word, PowerPoint, Excel."""
