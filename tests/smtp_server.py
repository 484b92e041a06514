"""A real SMTP server for the tests, steered line by line on standard input.

Prints "port N" once. Commands, each answered by one line: "mode NAME", "down", "up". Ends when standard input
does, so that it never outlives its test. Each letter it takes is written to FOLDER as one .eml file,
with lines in front on the connection and on each attachment.

Modes: accept; later (451 to the reader); refuse (550 to the reader); refuse-data (554 after the letter);
cut (takes the letter, then cuts the line instead of answering); silent (takes the letter and never answers).
"""

import argparse
import asyncio
import email
import email.policy
import hashlib
import logging
import os
import socket
import ssl
import sys
import uuid
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


def attached(content):
    """One line for each attachment, as a mail program reads it: type, name and SHA-256."""
    for part in email.message_from_bytes(content, policy=email.policy.default).iter_attachments():
        digest = hashlib.sha256(part.get_payload(decode=True)).hexdigest()
        yield f"X-Attached: {part.get_content_type()} {part.get_filename()} {digest}\r\n".encode()


class Mailbox:
    def __init__(self, folder):
        self.folder = folder
        self.mode = "accept"
        self.lines = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "later":
            return "451 4.3.0 Mailbox is busy, try again later"
        if self.mode == "refuse":
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "refuse-data":
            return "554 5.7.1 Not wanted here"
        name = os.path.join(self.folder, uuid.uuid4().hex)
        with open(name + ".part", "wb") as file:
            file.write(b"X-Tls: %s\r\n" % (b"yes" if self.encrypted(session) else b"no"))
            file.write(b"X-Signed-In: %s\r\n" % (b"yes" if session.authenticated else b"no"))
            for line in attached(envelope.original_content):
                file.write(line)
            file.write(envelope.original_content)
        os.rename(name + ".part", name + ".eml")
        if self.mode == "cut":
            server.transport.abort()
        if self.mode == "silent":
            await asyncio.Event().wait()
        return "250 OK queued"

    @staticmethod
    def encrypted(session):
        return session.ssl is not None


class Line(SMTP):
    """One connection; the mailbox knows them all, to cut them when the server goes down."""

    def connection_made(self, transport):
        super().connection_made(transport)
        if self.session is not None and transport.get_extra_info("sslcontext"):
            self.session.ssl = transport
        self.event_handler.lines.append(transport)


def listener(port):
    """SO_REUSEPORT lets a second socket hold the port while the server is down."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind(("127.0.0.1", port))
    return sock


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--sign-in", help="user:password that the server asks for")
    args = parser.parse_args()

    context = None
    if args.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(args.cert, args.key)
    mailbox = Mailbox(args.folder)

    def check(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and (data.login + b":" + data.password).decode() == args.sign_in
        # handled=False lets the server itself say 535 to a wrong one
        return AuthResult(success=right, handled=False)

    def line():
        return Line(
            mailbox,
            hostname="mail.test",
            enable_SMTPUTF8=False,
            tls_context=context if args.tls == "starttls" else None,
            require_starttls=args.tls == "starttls",
            authenticator=check if args.sign_in else None,
            auth_required=bool(args.sign_in),
            auth_require_tls=args.tls == "starttls",
        )

    loop = asyncio.get_running_loop()
    holder = listener(0)
    port = holder.getsockname()[1]

    async def up():
        implicit = context if args.tls == "implicit" else None
        return await loop.create_server(line, sock=listener(port), ssl=implicit)

    server = await up()
    print("port", port, flush=True)
    while command := (await loop.run_in_executor(None, sys.stdin.readline)).split():
        if command[0] == "mode":
            mailbox.mode = command[1]
        elif command[0] == "down":
            server.close()
            for transport in mailbox.lines:
                transport.abort()
            mailbox.lines.clear()
        elif command[0] == "up":
            server = await up()
        print("done", flush=True)
    os._exit(0)


# sign-in without TLS is meant here, on loopback
warnings.simplefilter("ignore")
logging.getLogger("mail.log").setLevel(logging.ERROR)
asyncio.run(main())
