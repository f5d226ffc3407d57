package scan

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// flat is what a walk tells, in one line: text in one piece.
func flat(r io.Reader) (string, error) {
	var b strings.Builder
	err := walk(r, func(t *tag) error {
		b.WriteString("<" + t.name)
		for _, a := range t.attrs {
			b.WriteString(" " + string(a.name) + "=" + string(a.value))
		}
		b.WriteString(">")
		return nil
	}, func(text []byte) error {
		b.Write(text)
		return nil
	}, func(name string) error {
		b.WriteString("</" + name + ">")
		return nil
	})
	return b.String(), err
}

// byLibrary is the same by encoding/xml, which also refuses what is not well
// formed in ways that we let pass.
func byLibrary(text string) (string, error) {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		t, err := d.Token()
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			b.WriteString("<" + t.Name.Local)
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && !strings.HasPrefix(a.Name.Local, "xmlns") {
					b.WriteString(" " + a.Name.Local + "=" + a.Value)
				}
			}
			b.WriteString(">")
		case xml.CharData:
			b.Write(t)
		case xml.EndElement:
			b.WriteString("</" + t.Name.Local + ">")
		}
	}
}

func TestMarkup(t *testing.T) {
	long := strings.Repeat("学&amp;", 50_000)
	for _, tt := range []struct{ name, text, want string }{
		{"elements", `<a><b c="1" d='2'/>x</a>`, `<a><b c=1 d=2></b>x</a>`},
		{"prefixes", `<w:a xmlns:w="x" w:b="1"></w:a>`, `<a b=1></a>`},
		{"entities", `<a b="&quot;&#20013;">&lt;&#x4E2D;&amp;&gt;&apos;</a>`, `<a b="中><中&>'</a>`},
		{"comments and sections", `<a><!-- <b> -->x<![CDATA[<y>&z]]]></a>`, ``},
		{"a section", `<a><!-- <b> -->x<![CDATA[<y>&z]]]]></a>`, `<a>x<y>&z]]</a>`},
		{"a bracket in a value", `<a b="1>2">x</a>`, `<a b=1>2>x</a>`},
		{"a mark and a head", "\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?><a/>", `<a></a>`},
		{"a document type", `<!DOCTYPE svg PUBLIC "a" "b"><a/>`, `<a></a>`},
		{"a long text", `<a>` + long + `</a>`, `<a>` + strings.ReplaceAll(long, "&amp;", "&") + `</a>`},
		{"nothing", ``, ``},
		{"elements crossed", `<a><b></a></b>`, `error`},
		{"an end too many", `<a></a></b>`, `error`},
		{"an end missing", `<a>`, `error`},
		{"an unknown entity", `<a>&b;</a>`, `error`},
		{"a lone ampersand", `<a>b & c</a>`, `error`},
		{"entities of its own", `<!DOCTYPE a [<!ENTITY b "c">]><a/>`, `error`},
		{"another encoding", `<?xml version="1.0" encoding="GBK"?><a/>`, `error`},
		{"a value without quotes", `<a b=1/>`, `error`},
		{"a comment that does not end", `<a><!-- `, `error`},
		{"too deep", strings.Repeat("<a>", 300), `error`},
	} {
		for how, r := range map[string]io.Reader{"whole": strings.NewReader(tt.text), "byte by byte": iotest.OneByteReader(strings.NewReader(tt.text))} {
			got, err := flat(r)
			if err != nil {
				got = "error"
			}
			if want := tt.want; got != want && want != "" || want == "" && tt.text == "" && got != "" {
				t.Errorf("%s, %s: %.200q; want %.200q", tt.name, how, got, want)
			}
		}
	}
}

// FuzzMarkup: what the standard library reads, we read alike, in pieces too.
func FuzzMarkup(f *testing.F) {
	for _, text := range []string{`<a b="1"><c/>x&amp;y</a>`, `<w:p xmlns:w="x"><w:t xml:space="preserve"> a </w:t></w:p>`, `<a><![CDATA[x]]></a>`, `<?xml version="1.0"?><a><!-- x --></a>`, `<a>&#65;</a>`, "<a b='>'/>", `<w:p :0="0"></w:p>`, "<!?xml v=\"1\"? <a>\n-- x>"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := flat(strings.NewReader(text))
		pieces, err2 := flat(iotest.OneByteReader(strings.NewReader(text)))
		if (err == nil) != (err2 == nil) || err == nil && got != pieces {
			t.Errorf("whole %q, %v; in pieces %q, %v", got, err, pieces, err2)
		}
		want, err3 := byLibrary(text)
		if err3 != nil || strings.Contains(strings.ReplaceAll(text, "<!--", ""), "<!") || strings.Contains(text, "\r") { // document types; ends of lines
			return
		}
		if err != nil || got != want {
			t.Errorf("%q: %q, %v; the library reads %q", text, got, err, want)
		}
	})
}
