"""What the load run needs beside wrk: a signed-in cookie, files, and uploads of 10 MB. Standard library only.

    client.py prepare http://127.0.0.1:PORT FOLDER     writes what wrk is told as FOLDER/settings, and FOLDER/bill.pdf
    client.py uploads http://127.0.0.1:PORT [COUNT]    16 files at once unless told otherwise
    client.py hostile http://127.0.0.1:PORT PID        the files of tests/samples that were made to harm, one after the other

Forms are read from the pages and filled by field name, as a person would, so that addresses and hidden fields are the
server's own matter.
"""

import http.client
import itertools
import os
import re
import shlex
import sys
import threading
import time
import urllib.parse
from datetime import date, timedelta
from html.parser import HTMLParser

EMAIL, PASSWORD, LOCATION = "owner@demo.test", "portdesk-demo", "DEMO-LOCATION"
# A request of the demonstration that has everything.
KNOWN = "Main office move"
UPLOAD_BYTES = 10 * 1024 * 1024 - 4096
BILL_BYTES = 200 * 1024
STEPS = ["terms", "numbers", "contact", "bill", "check"]


class Forms(HTMLParser):
    """The forms of a page: address, fields as they stand, and the first submit button, which Enter presses."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.form, self.select, self.area = [], None, None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "form":
            self.form = {"action": named.get("action", ""), "method": named.get("method", "get"), "fields": [], "names": set(), "button": None, "options": {}}
            self.forms.append(self.form)
        if self.form is None:
            return
        name, kind = named.get("name"), named.get("type", "text")
        if name:
            self.form["names"].add(name)
        if tag == "button" and kind == "submit" or tag == "input" and kind == "submit":
            if self.form["button"] is None:
                self.form["button"] = (name, named.get("value", "")) if name else ()
        elif tag == "input" and name and kind != "file":
            if kind not in ("checkbox", "radio") or "checked" in named:
                self.form["fields"].append((name, named.get("value", "on" if kind == "checkbox" else "")))
            if kind in ("checkbox", "radio"):
                self.form["options"].setdefault(name, []).append(named.get("value", "on"))
        elif tag == "textarea" and name:
            self.area = [name, ""]
        elif tag == "select" and name:
            self.select = [name, None]
        elif tag == "option" and self.select:
            self.form["options"].setdefault(self.select[0], []).append(named.get("value", ""))
            if "selected" in named or self.select[1] is None:
                self.select[1] = named.get("value", "")

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if self.form is None:
            return
        if tag == "textarea" and self.area:
            self.form["fields"].append(tuple(self.area))
            self.area = None
        elif tag == "select" and self.select:
            self.form["fields"].append((self.select[0], self.select[1] or ""))
            self.select = None
        elif tag == "form":
            self.form = None

    def main(self):
        """The form that the page is about: not the search and not sign-out."""
        posted = [form for form in self.forms if form["method"] == "post" and "sign-out" not in form["action"]]
        return max(posted, key=lambda form: len(form["names"]), default=None)


class Browser:
    def __init__(self, base, cookie=None):
        self.host, self.cookie, self.connection = urllib.parse.urlsplit(base).netloc, cookie, None

    def ask(self, method, path, body=None, kind=None):
        headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if kind:
            headers["Content-Type"] = kind
        for fresh in (False, True):
            if self.connection is None or fresh:
                self.connection = http.client.HTTPConnection(self.host, timeout=60)
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                text = answer.read()
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                # A connection that idled too long; a second failure is told.
                if fresh:
                    raise
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("portdesk_session"):
                self.cookie = value.split(";")[0]
        return answer.status, answer.getheader("Location"), text.decode("utf-8", "replace")

    def get(self, path):
        status, location, text = self.ask("GET", path)
        for _ in range(5):
            if status != 303 and status != 302:
                break
            path = location
            status, location, text = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status} {words(text)}")
        return path, text

    def send(self, path, page, values, files=()):
        """Fills the main form of a page and sends it; gives where that led."""
        form = Forms(page).main()
        if form is None:
            raise RuntimeError(f"{path} has no form: {words(page)}")
        fields = [(name, value) for name, value in form["fields"] if name not in values]
        fields += [(name, value) for name, value in values.items() if name in form["names"]]
        if form["button"]:
            fields.append(form["button"])
        action = urllib.parse.urljoin(path, form["action"] or path)
        if files:
            kind, body = multipart(fields, files)
        else:
            kind, body = "application/x-www-form-urlencoded", urllib.parse.urlencode(fields)
        status, location, text = self.ask("POST", action, body, kind)
        if status != 303:
            raise RuntimeError(f"POST {action}: {status} {words(text)}")
        return self.get(location)


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<(head|script)\b.*?</\1>|<[^>]*>", " ", text, flags=re.S))[:300]


def multipart(fields, files):
    boundary = "portdesk-load-" + os.urandom(8).hex()
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields]
    for name, file_name, content in files:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: application/pdf\r\n\r\n'
        parts += [head.encode(), content, b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return f"multipart/form-data; boundary={boundary}", b"".join(parts)


def pdf(weight):
    """A PDF of one page that weighs so many bytes, most of them random so that no two are the same."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
    ]
    content = b"0 0 m 612 792 l S"
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    filler = os.urandom(max(16, weight - 900)).replace(b"endstream", b"endstraem")
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(filler), filler))
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


class Times:
    """How long things took; told as a line."""

    def __init__(self, name):
        self.name, self.took, self.failed, self.lock, self.began = name, [], [], threading.Lock(), time.monotonic()

    def measure(self, work):
        begin = time.monotonic()
        try:
            work()
        except (OSError, RuntimeError, http.client.HTTPException) as error:
            with self.lock:
                self.failed.append(str(error))
            return
        with self.lock:
            self.took.append(time.monotonic() - begin)

    def tell(self):
        lasted = time.monotonic() - self.began
        ordered = sorted(self.took)
        at = lambda part: ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 if ordered else float("nan")
        print(
            f"{self.name:<34} {len(ordered):>6} in {lasted:6.1f} s  {len(ordered) / lasted:8.1f}/s"
            f"  median {at(0.5):8.1f} ms  95 of 100 {at(0.95):8.1f} ms  longest {at(1):8.1f} ms  failed {len(self.failed)}"
        )
        for error in self.failed[:3]:
            print(f"    {error}")


def together(count, work):
    threads = [threading.Thread(target=work, args=(at,)) for at in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Wizard:
    """One person who writes requests."""

    numbers = itertools.count(1)

    def __init__(self, base, cookie):
        self.browser = Browser(base, cookie)

    def start(self):
        path, page = self.browser.get("/port-requests/new")
        return self.browser.send(path, page, {"location": location_of(Forms(page).main())})

    def answers(self, step):
        if step == "terms":
            return {name: "yes" for name in ("rates", "keep_active", "texts", "termination")}
        if step == "numbers":
            number = next(self.numbers)
            return {
                "name": f"Load test {number}",
                "losing_carrier": "Verizon",
                "account_number": f"LT-{number:07}",
                "landline": f"(303) {720 + number // 10000 % 200}-{number % 10000:04}",
                "scope": "all",
            }
        if step == "contact":
            return {
                "account_type": "residential",
                "contact_name": "Dana Ruiz",
                "authorized_email": "dana@northgate.example",
                "street": "960 Santa Fe Drive",
                "city": "Denver",
                "state": "CO",
                "postal_code": "80204",
            }
        if step == "bill":
            billed = date.today() - timedelta(days=10)
            return {"proof": "bill", "bill-month": str(billed.month), "bill-day": str(billed.day), "bill-year": str(billed.year)}
        return {}

    def advance(self, path, page, file=None):
        """Sends the step that is shown; once more when the page only warned."""
        step = step_of(path)
        for _ in range(2):
            files = [("files", "bill.pdf", file)] if file and step == "bill" else []
            path, page = self.browser.send(path, page, self.answers(step), files)
            if step_of(path) != step:
                return path, page
            file = None
        raise RuntimeError(f"{path} does not let go: {words(page)}")

    def until(self, wanted):
        path, page = self.start()
        while step_of(path) != wanted:
            path, page = self.advance(path, page)
        return path, page


def location_of(form):
    """The location of the demonstration, or the first that may be chosen."""
    wanted = form["options"].get("location", []) or [value for name, value in form["fields"] if name == "location"]
    return LOCATION if LOCATION in wanted else next(value for value in wanted if value)


def step_of(path):
    return urllib.parse.urlsplit(path).path.rsplit("/", 1)[-1]


def sign_in(base):
    browser = Browser(base)
    path, page = browser.get("/sign-in")
    browser.send(path, page, {"email": EMAIL, "password": PASSWORD})
    return browser


def prepare(base, folder):
    browser = sign_in(base)
    _, page = browser.get("/port-requests?q=" + urllib.parse.quote(KNOWN))
    found = re.findall(r'href="(/port-requests/PR-[0-9A-Z]{5}-[0-9A-Z]{5})"', page)
    if not found:
        sys.exit(f"the list does not show the request {KNOWN}")
    _, page = browser.get("/port-requests/new")
    location = location_of(Forms(page).main())
    billed = date.today() - timedelta(days=10)
    with open(os.path.join(folder, "bill.pdf"), "wb") as file:
        file.write(pdf(BILL_BYTES))
    with open(os.path.join(folder, "settings"), "w", encoding="utf-8") as file:
        for name, value in {"COOKIE": browser.cookie, "LOCATION": location, "REQUEST": found[0], "BILL_DATE": billed.isoformat()}.items():
            print(f"DESK_{name}={shlex.quote(value)}", file=file)


def uploads(base, count):
    # What comes before the upload is not measured.
    cookie, ready, preparing = sign_in(base).cookie, [None] * count, Times("drafts before the uploads")

    def write_draft(at):
        wizard = Wizard(base, cookie)
        ready[at] = (wizard, *wizard.until("bill"))

    together(count, lambda at: preparing.measure(lambda: write_draft(at)))
    if None in ready:
        preparing.tell()
        return preparing
    files = [pdf(UPLOAD_BYTES) for _ in ready]
    times = Times(f"uploads of 10 MB, {count} at once")

    def upload(at):
        wizard, path, page = ready[at]
        times.measure(lambda: wizard.advance(path, page, files[at]))

    together(count, upload)
    times.tell()
    return times


class Memory:
    """The most that a process and its children held at once, looked at many times a second."""

    def __init__(self, server):
        self.server, self.most, self.is_over = server, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.is_over.wait(0.003):
            self.most = max(self.most, sum(map(self.held, [self.server, *self.children()])))

    def children(self):
        found = []
        for task in os.listdir(f"/proc/{self.server}/task"):
            try:
                with open(f"/proc/{self.server}/task/{task}/children", encoding="ascii") as file:
                    found += map(int, file.read().split())
            except OSError:
                pass  # The thread has ended.
        return found

    def held(self, process):
        try:
            with open(f"/proc/{process}/statm", encoding="ascii") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            return 0  # The process has ended.

    def __enter__(self):
        self.before = self.held(self.server)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()


def hostile(base, server):
    cookie, times = sign_in(base).cookie, Times("hostile files, one after the other")
    folder = os.path.join(os.path.dirname(__file__), "../../tests/samples/hostile")

    def send(wizard, path, name, content):
        kind, body = multipart([("do", "upload")], [("files", name, content)])
        status, _, text = wizard.browser.ask("POST", path.partition("?")[0], body, kind)
        # Whatever the verdict is, it is told on a page.
        if status not in (303, 413):
            raise RuntimeError(f"{name}: {status} {words(text)}")

    with Memory(server) as memory:
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
            wizard = Wizard(base, cookie)
            path, _ = wizard.until("bill")
            times.measure(lambda: send(wizard, path, name, content))
    times.tell()
    print(f"memory with children: before {memory.before / 1e6:.1f} MB, at most {memory.most / 1e6:.1f} MB")
    return times


def main():
    match sys.argv[1:]:
        case ["prepare", base, folder]:
            prepare(base, folder)
        case ["uploads", base, *count]:
            times = uploads(base, int(count[0]) if count else 16)
            sys.exit(1 if times.failed or not times.took else 0)
        case ["hostile", base, server]:
            times = hostile(base, int(server))
            sys.exit(1 if times.failed or not times.took else 0)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
