use super::*;

#[test]
fn placeholder() {
    let a = render("<h1>Judul</h1><p>Satu <b>dua</b> <a href=\"https://a.id/\">tiga</a>.</p><ul><li>a<li>b</ul><hr><blockquote>kutip</blockquote>", 40, &Words { image: "gambar" });
    for l in &a.lines { println!("{:?}", l.text()); }
}
