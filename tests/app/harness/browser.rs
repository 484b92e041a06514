//! A browser without a window: cookies, forms, uploads, and no redirect followed unless asked.

use std::time::Duration;

use ureq::http::{Response, Uri};
use ureq::{Agent, Body, Cookie, RequestBuilder};

use super::page::Page;

/// No page of a test is larger; a stream without end fails here instead of filling the memory.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
const BOUNDARY: &str = "----portdesk-test-boundary-7MA4YWxkTrZu0gW";

/// One person's browser: a jar of cookies and the headers that every request carries.
///
/// A clone shares the jar. All methods panic when the server cannot be reached.
#[derive(Clone, Debug)]
pub struct Browser {
    agent: Agent,
    base: String,
    headers: Vec<(String, String)>,
}

impl Browser {
    /// A browser that knows nothing yet, for a server at `base`, like `http://127.0.0.1:4000`.
    pub fn new(base: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_mins(1)))
            .build();
        let headers = vec![("Sec-Fetch-Site".to_owned(), "same-origin".to_owned())];
        Self { agent: config.into(), base: base.trim_end_matches('/').to_owned(), headers }
    }

    /// The same browser, sending one header more; a header of this name is replaced.
    pub fn with_header(&self, name: &str, value: &str) -> Self {
        let mut browser = self.without_header(name);
        browser.headers.push((name.to_owned(), value.to_owned()));
        browser
    }

    /// The same browser without a header, like a request that another site started without `Sec-Fetch-Site`.
    pub fn without_header(&self, name: &str) -> Self {
        let mut browser = self.clone();
        browser.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        browser
    }

    /// Puts a cookie into the jar, written as a server sets it: `name=value; Path=/`.
    pub fn set_cookie(&self, cookie: &str) {
        let base: Uri = self.base.parse().expect("the base address was read by `new`");
        let cookie = Cookie::parse(cookie.to_owned(), &base).expect("the test writes a cookie as servers do");
        self.agent.cookie_jar_lock().insert(cookie, &base).expect("the cookie fits the server");
    }

    /// The value of a cookie in the jar.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let jar = self.agent.cookie_jar_lock();
        jar.iter().find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
    }

    /// Asks for a page.
    #[track_caller]
    pub fn get(&self, path: &str) -> Page {
        let request = self.dressed(self.agent.get(self.address(path)));
        self.page(path, request.call())
    }

    /// Asks what a page would be.
    #[track_caller]
    pub fn head(&self, path: &str) -> Page {
        let request = self.dressed(self.agent.head(self.address(path)));
        self.page(path, request.call())
    }

    /// Sends a form.
    #[track_caller]
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.dressed(self.agent.post(self.address(path)));
        self.page(path, request.send_form(fields.iter().copied()))
    }

    /// Sends a form with files: `(field, file name, content type, bytes)`.
    #[track_caller]
    pub fn post_multipart(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &str, &[u8])]) -> Page {
        self.post_body(path, &format!("multipart/form-data; boundary={BOUNDARY}"), &multipart(fields, files))
    }

    /// Sends any bytes under any content type.
    #[track_caller]
    pub fn post_body(&self, path: &str, content_type: &str, body: &[u8]) -> Page {
        let request = self.dressed(self.agent.post(self.address(path))).content_type(content_type);
        self.page(path, request.send(body))
    }

    // A path of this server, or a whole address as mails carry it.
    fn address(&self, path: &str) -> String {
        if path.starts_with("http://") { path.to_owned() } else { format!("{}{path}", self.base) }
    }

    fn dressed<B>(&self, request: RequestBuilder<B>) -> RequestBuilder<B> {
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
    }

    #[track_caller]
    fn page(&self, path: &str, answer: Result<Response<Body>, ureq::Error>) -> Page {
        let answer = answer.unwrap_or_else(|error| panic!("no answer to {path}: {error}"));
        let (head, body) = answer.into_parts();
        let bytes = body.into_with_config().limit(MOST_BYTES).read_to_vec();
        let bytes = bytes.unwrap_or_else(|error| panic!("the answer to {path} broke off: {error}"));
        Page::new(self.clone(), head.status.as_u16(), head.headers, bytes)
    }
}

// As browsers write it: quotes and line ends inside a name become %22, %0D and %0A.
fn multipart(fields: &[(&str, &str)], files: &[(&str, &str, &str, &[u8])]) -> Vec<u8> {
    let quoted = |name: &str| name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n", quoted(name));
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value.as_bytes());
        body.extend_from_slice(b"\r\n");
    }
    for (name, file_name, content_type, bytes) in files {
        let (name, file_name) = (quoted(name), quoted(file_name));
        let place =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n");
        body.extend_from_slice(place.as_bytes());
        body.extend_from_slice(format!("Content-Type: {content_type}\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread::{self, JoinHandle};

    use super::*;

    /// Gives these answers, one a connection, and hands back the requests as they came.
    fn server(answers: &[&str]) -> (String, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let answers: Vec<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
        let thread = thread::spawn(move || answers.iter().map(|answer| serve_one(&listener, answer)).collect());
        (base, thread)
    }

    fn serve_one(listener: &TcpListener, answer: &str) -> String {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut part = [0; 4096];
        while !is_whole(&request) {
            let read = stream.read(&mut part).unwrap();
            request.extend_from_slice(&part[..read]);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8(request).unwrap()
    }

    fn is_whole(request: &[u8]) -> bool {
        let text = String::from_utf8_lossy(request);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
        let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        length.unwrap_or(0) <= body.len()
    }

    const EMPTY: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    #[test]
    fn keeps_cookies_and_follows_only_when_asked() {
        let (base, server) = server(&[
            "HTTP/1.1 303 See Other\r\nLocation: /desk?n=1\r\nSet-Cookie: session=abc; HttpOnly; SameSite=Lax; Path=/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhere",
        ]);
        let browser = Browser::new(&base);

        let sent = browser.post("/sign-in", &[("email", "a@b.test"), ("password", "1 & 2")]);
        let landed = sent.follow();

        assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/desk?n=1")));
        assert_eq!((landed.status, landed.body.as_str()), (404, "here"));
        assert_eq!(browser.cookie("session").as_deref(), Some("abc"));
        let requests = server.join().unwrap();
        assert!(requests[0].ends_with("email=a%40b.test&password=1+%26+2"), "{}", requests[0]);
        assert!(requests[0].to_lowercase().contains("sec-fetch-site: same-origin"), "{}", requests[0]);
        assert!(requests[1].starts_with("GET /desk?n=1 "), "{}", requests[1]);
        assert!(requests[1].contains("session=abc"), "{}", requests[1]);
    }

    #[test]
    fn carries_the_headers_and_cookies_it_is_given() {
        let (base, server) = server(&[EMPTY, EMPTY]);
        let browser = Browser::new(&base);
        browser.set_cookie("session=planted; Path=/");

        browser.with_header("sec-fetch-site", "cross-site").get("/");
        browser.without_header("Sec-Fetch-Site").get("/");

        let requests: Vec<String> = server.join().unwrap().iter().map(|request| request.to_lowercase()).collect();
        assert!(requests[0].contains("sec-fetch-site: cross-site") && requests[0].contains("session=planted"));
        assert!(!requests[0].contains("same-origin") && !requests[1].contains("sec-fetch-site"));
    }

    #[test]
    fn uploads_as_browsers_do() {
        let (base, server) = server(&[EMPTY]);

        Browser::new(&base).post_multipart(
            "/bill",
            &[("bill-day", "9")],
            &[("bill", "a \"b\".pdf", "application/pdf", b"%PDF")],
        );

        let request = server.join().unwrap().remove(0);
        assert!(request.contains("name=\"bill-day\"\r\n\r\n9\r\n"), "{request}");
        assert!(
            request
                .contains("name=\"bill\"; filename=\"a %22b%22.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n"),
            "{request}"
        );
        assert!(request.ends_with("--\r\n"), "{request}");
    }
}
