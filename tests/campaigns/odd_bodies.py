"""What no browser sends: bodies that are no form, each with the content type it claims."""

FORM = "application/x-www-form-urlencoded"
ODD_BODIES = [
    (b"name=%ED%A0%80&email=%FF%FE%00", FORM),
    (b"\xff\xfe\x00\x01", FORM),
    (b"name=a&name=b&email=a&email=b&people=1&people=4", FORM),
    (b"&" * 500 + b"=" * 500, FORM),
    (b'{"name": ["x"]}', "application/json"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"", "multipart/form-data"),
    (b"", ""),
]
