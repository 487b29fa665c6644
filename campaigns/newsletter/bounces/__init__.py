"""Mail that came back: reports are read (`mailboxes`), understood (`reports`) and counted (`counting`)."""
