"""Charts: one chart, one pure function. Words stand beside a chart, never in it."""
