"""Names and texts that a terminal library would take for markup."""


def mean_squared_error(y_true, y_pred):
    raise ValueError("[bold red]BR[/]EACH[link=file:///etc/passwd]x[/link]")
