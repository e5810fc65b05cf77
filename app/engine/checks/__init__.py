"""What may be wrong with a drawing, one file a subject; each check yields findings with a Dutch sentence that says what to do."""
