//! A loopback server that plays the web: pages by path, and the ways in which real servers misbehave.
//! Runs on a thread of its own, so sync and async tests and the programs they start can all talk to it; ends when dropped.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// What the server answers at one path.
#[derive(Debug, Clone)]
pub struct Page {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    manner: Manner,
}

#[derive(Debug, Clone)]
enum Manner {
    Whole,
    /// Takes the request and never says a word.
    Hang,
    /// Takes the request and closes the connection.
    HangUp,
    /// Claims a body of this length, sends what it has and closes the connection.
    Claim(usize),
    /// Claims one byte more than it has, sends what it has and waits.
    Stall,
    /// One byte of the body per interval.
    Drip(Duration),
    /// The body alone, without status line or headers.
    Raw,
    /// The body again and again until the client has had enough, without a word about its length.
    Endless,
    /// Answers once so many requests are in hand at the same time.
    Meet(usize),
}

impl Page {
    pub fn new(body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: Vec::new(), body: body.into(), manner: Manner::Whole }
    }

    pub fn feed(body: impl Into<Vec<u8>>) -> Self {
        Self::new(body).header("Content-Type", "application/rss+xml; charset=utf-8")
    }

    pub fn status(status: u16) -> Self {
        Self { status, ..Self::new("") }
    }

    pub fn redirect(status: u16, to: &str) -> Self {
        Self::status(status).header("Location", to)
    }

    pub fn hang() -> Self {
        Self::new("").manner(Manner::Hang)
    }

    pub fn hang_up() -> Self {
        Self::new("").manner(Manner::HangUp)
    }

    /// Bytes that are no HTTP.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(bytes).manner(Manner::Raw)
    }

    /// A body that never ends: `piece` again and again.
    pub fn endless(piece: impl Into<Vec<u8>>) -> Self {
        Self::feed(piece).manner(Manner::Endless)
    }

    /// `size` zero bytes, gzipped to about a thousandth of that.
    pub fn bomb(size: usize) -> Self {
        Self::new(vec![0; size]).gzip()
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With an `ETag` (quotes are part of it); answers 304 to whoever has it.
    pub fn etag(self, etag: &str) -> Self {
        self.header("ETag", etag)
    }

    /// With a Last-Modified date; answers 304 to whoever has exactly that.
    pub fn last_modified(self, date: &str) -> Self {
        self.header("Last-Modified", date)
    }

    pub fn gzip(mut self) -> Self {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&self.body).unwrap();
        self.body = gzip.finish().unwrap();
        self.header("Content-Encoding", "gzip")
    }

    /// Breaks off: claims to be this much longer than it is.
    pub fn cut_short_by(self, missing: usize) -> Self {
        let claim = self.body.len() + missing;
        self.manner(Manner::Claim(claim))
    }

    /// All but the last byte comes.
    pub fn stall(self) -> Self {
        self.manner(Manner::Stall)
    }

    pub fn drip(self, interval: Duration) -> Self {
        self.manner(Manner::Drip(interval))
    }

    /// Is answered only when `count` requests are in hand at once.
    pub fn meet(self, count: usize) -> Self {
        self.manner(Manner::Meet(count))
    }

    pub fn len(&self) -> usize {
        self.body.len()
    }

    fn manner(mut self, manner: Manner) -> Self {
        self.manner = manner;
        self
    }

    fn find(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The page as `request` gets it: a 304 if it has the page already.
    fn answer(&self, request: &Request) -> Self {
        let known = |ours: &str, theirs: &str| self.find(ours).is_some() && self.find(ours) == request.header(theirs);
        let unchanged = match request.header("If-None-Match") {
            Some(_) => known("ETag", "If-None-Match"),
            None => known("Last-Modified", "If-Modified-Since"),
        };
        let mut page = self.clone();
        if unchanged {
            page.status = 304;
            page.body.clear();
            page.headers.retain(|(name, _)| name != "Content-Encoding");
        }
        page
    }

    fn head(&self) -> String {
        let length = match self.manner {
            Manner::Claim(length) => length,
            Manner::Stall => self.body.len() + 1,
            _ => self.body.len(),
        };
        let mut head = format!("HTTP/1.1 {} Status\r\n", self.status);
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        if self.status != 304 && !matches!(self.manner, Manner::Endless) {
            let _ = write!(head, "Content-Length: {length}\r\n");
        }
        head + "\r\n"
    }
}

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// With the query.
    pub path: String,
    pub headers: Vec<(String, String)>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
    Some(&found.1)
}

/// The server.
#[derive(Debug)]
pub struct Web {
    address: SocketAddr,
    scheme: &'static str,
    site: Arc<Site>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Site {
    /// Each path's answers in turn; the last one stays.
    pages: Mutex<HashMap<String, VecDeque<Page>>>,
    requests: Mutex<Vec<Request>>,
    /// Requests in hand now, and the most there ever were.
    busy: watch::Sender<(usize, usize)>,
}

impl Web {
    /// Starts a server on a free port of 127.0.0.1.
    pub fn start() -> Self {
        Self::run(None)
    }

    /// Starts a server that speaks TLS.
    pub fn start_tls(config: ServerConfig) -> Self {
        Self::run(Some(TlsAcceptor::from(Arc::new(config))))
    }

    fn run(tls: Option<TlsAcceptor>) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let site =
            Arc::new(Site { pages: Mutex::default(), requests: Mutex::default(), busy: watch::Sender::new((0, 0)) });
        let (stop, stopped) = oneshot::channel();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let served = Arc::clone(&site);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            // Dropping the runtime ends every connection, the hanging ones too.
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                tokio::select! {
                    () = accept(listener, tls, served) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { address, scheme, site, stop: Some(stop), thread: Some(thread) }
    }

    /// The URL of `path` on this server.
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Serves `page` at `path` (query included), in place of what was there.
    pub fn serve(&self, path: &str, page: Page) {
        self.serve_each(path, [page]);
    }

    /// Serves these pages at `path` one after the other; the last one stays.
    pub fn serve_each(&self, path: &str, pages: impl IntoIterator<Item = Page>) {
        lock(&self.site.pages).insert(path.to_owned(), pages.into_iter().collect());
    }

    /// Everything that was asked for, in order.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.site.requests).clone()
    }

    /// How often `path` was asked for.
    pub fn hits(&self, path: &str) -> usize {
        self.requests().iter().filter(|r| r.path == path).count()
    }

    /// The most requests that were in hand at once.
    pub fn peak(&self) -> usize {
        self.site.busy.borrow().1
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Site {
    /// Counts a request in for as long as the answer takes.
    fn begin(self: &Arc<Self>) -> Busy {
        self.busy.send_modify(|(now, peak)| {
            *now += 1;
            *peak = (*peak).max(*now);
        });
        Busy(Arc::clone(self))
    }

    fn page(&self, path: &str) -> Page {
        let mut pages = lock(&self.pages);
        let Some(queue) = pages.get_mut(path) else {
            return Page::status(404);
        };
        let page = queue.front().cloned().unwrap_or_else(|| Page::status(404));
        if queue.len() > 1 {
            queue.pop_front();
        }
        page
    }
}

struct Busy(Arc<Site>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.send_modify(|(now, _)| *now -= 1);
    }
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, site: Arc<Site>) {
    while let Ok((stream, _)) = listener.accept().await {
        // The runtime owns these tasks and ends with the server.
        tokio::spawn(connection(stream, tls.clone(), Arc::clone(&site)));
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, site: Arc<Site>) {
    match tls {
        None => converse(stream, &site).await,
        Some(tls) => {
            // A client that does not trust the certificate leaves here.
            if let Ok(stream) = tls.accept(stream).await {
                converse(stream, &site).await;
            }
        }
    }
}

/// Answers the requests of one connection until either side has had enough.
async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, site: &Arc<Site>) {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream).await {
        let _busy = site.begin();
        let page = site.page(&request.path).answer(&request);
        lock(&site.requests).push(request);
        if let Manner::Meet(count) = page.manner {
            let mut busy = site.busy.subscribe();
            let _ = busy.wait_for(|(_, peak)| *peak >= count).await;
        }
        if send(&mut stream, &page).await.is_none() {
            break;
        }
    }
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Request> {
    let first = line(stream).await?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = Vec::new();
    loop {
        let header = line(stream).await?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':')?;
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    Some(Request { method, path, headers })
}

async fn line(stream: &mut (impl AsyncBufReadExt + Unpin)) -> Option<String> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await.ok()?;
    let line = line.strip_suffix(b"\r\n")?;
    // Header values may hold any byte; each becomes the character of that number.
    Some(line.iter().map(|&byte| char::from(byte)).collect())
}

/// None when the connection is to be closed.
async fn send(stream: &mut (impl AsyncWrite + Unpin), page: &Page) -> Option<()> {
    match page.manner {
        Manner::Hang => std::future::pending().await,
        Manner::HangUp => return None,
        Manner::Raw => {
            stream.write_all(&page.body).await.ok()?;
            return None;
        }
        _ => {}
    }
    // Header values are written as they were read: one byte per character.
    let head: Vec<u8> = page.head().chars().map(|c| c as u8).collect();
    stream.write_all(&head).await.ok()?;
    stream.flush().await.ok()?;
    if let Manner::Drip(interval) = page.manner {
        let mut tick = tokio::time::interval(interval);
        for byte in &page.body {
            tick.tick().await;
            stream.write_all(&[*byte]).await.ok()?;
            stream.flush().await.ok()?;
        }
    } else {
        // Whoever reads has gone long before two gigabytes.
        let is_endless = matches!(page.manner, Manner::Endless);
        for _ in 0..if is_endless { (2 << 30) / page.body.len().max(1) } else { 1 } {
            stream.write_all(&page.body).await.ok()?;
        }
    }
    stream.flush().await.ok()?;
    if matches!(page.manner, Manner::Stall) {
        std::future::pending::<()>().await;
    }
    (!matches!(page.manner, Manner::Claim(_))).then_some(())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
