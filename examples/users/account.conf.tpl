user = {{ params.account }}
password = {{ secret.password }}
