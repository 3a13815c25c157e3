"""Figures in Markdown pages, written by programs between two marks."""


def marks(what):
    return f"<!-- {what}: written by ./dev bench, not by hand -->", f"<!-- end of {what} -->"


def replace(path, what, made):
    """Puts `made` between the marks of `what`, in place of what stood there; the rest of the page stays."""
    begin_mark, end_mark = marks(what)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    before, begin, rest = text.partition(begin_mark)
    _, end, after = rest.partition(end_mark)
    if not begin or not end:
        raise SystemExit(f"{path} lacks the lines {begin_mark} and {end_mark}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{before}{begin}\n\n{made.strip()}\n\n{end}{after}")
