package letter_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/letter"
)

var keep = flag.String("keep", "", "also write one letter of each kind to this folder, to look at them in a word processor")

func TestEveryKindRoundTrips(t *testing.T) {
	for _, kind := range kinds {
		l, err := foi.FindLetter(kind)
		if err != nil {
			t.Fatal(err)
		}
		template, err := letter.Default(kind)
		if err != nil {
			t.Fatal(err)
		}
		if err := letter.CheckFor(kind, template); err != nil {
			t.Errorf("%s: %v", l.Name, err)
		}
		data, err := letter.Write(kind, nil, sample())
		if err != nil {
			t.Fatalf("%s: %v", l.Name, err)
		}
		if *keep != "" {
			if err := os.WriteFile(filepath.Join(*keep, string(kind)+".docx"), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		again, err := letter.Write(kind, template, sample())
		if err != nil || !bytes.Equal(data, again) {
			t.Errorf("%s: the same values give other bytes (%v)", l.Name, err)
		}
		part := unzip(t, data)["word/document.xml"]
		text := textOf(t, part)
		for _, name := range slices.Concat(l.Required, l.Blankable) {
			for _, line := range strings.Split(sample()[name], "\n") {
				if !strings.Contains(text, line) {
					t.Errorf("%s does not say %s: %s", l.Name, name, line)
				}
			}
		}
		if !strings.Contains(text, l.Title+"\n") || strings.Contains(text, "{{") {
			t.Errorf("%s: %s", l.Name, text)
		}
		if l.Sealed != strings.Contains(part, `<w:p><w:pPr><w:pStyle w:val="SealSpace"></w:pStyle></w:pPr></w:p>`) || l.Sealed != strings.Contains(part, `"RedHead"`) {
			t.Errorf("%s: seal and red head must be there if it is sealed", l.Name)
		}
		if l.Sealed && !strings.Contains(text, "\n\n示范区晨光小学\n2026年3月3日\n") {
			t.Errorf("%s: issuer and date do not follow the room for the seal", l.Name)
		}
		if !strings.Contains(part, `<w:pgSz w:w="11906" w:h="16838">`) {
			t.Errorf("%s is not A4", l.Name)
		}
		if names, err := letter.Check(data); err != nil || len(names) > 0 {
			t.Errorf("%s still has %v, %v", l.Name, names, err)
		}
	}
}

func TestBlankPartsLeaveNoTrace(t *testing.T) {
	values := sample()
	values["附件清单"], values["查询方式"] = "", ""
	data, err := letter.Write(foi.LetterAnswerDisclosed, nil, values)
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(t, unzip(t, data)["word/document.xml"])
	if strings.Contains(text, "附件") || !strings.Contains(text, "到校领取光盘。\n如认为") {
		t.Errorf("got %s", text)
	}
}

func TestALetterWithoutWhatTheLawAsksForIsNotWritten(t *testing.T) {
	for _, kind := range kinds {
		l, _ := foi.FindLetter(kind)
		for _, name := range l.Required {
			values := sample()
			values[name] = " "
			var missing foi.MissingValue
			if _, err := letter.Write(kind, nil, values); !errors.As(err, &missing) || !slices.Contains(missing.Names, name) {
				t.Errorf("%s without %s: %v", l.Name, name, err)
			}
			if _, err := letter.HTML(kind, values); !errors.As(err, &missing) {
				t.Errorf("%s without %s, as a page: %v", l.Name, name, err)
			}
		}
	}
	values := sample()
	values["联系人"] = ""
	var missing foi.MissingValue
	if _, err := letter.Write(foi.LetterReceipt, nil, values); !errors.As(err, &missing) || !slices.Equal(missing.Names, []string{"联系人"}) {
		t.Errorf("nobody to ask: %v", err)
	}
}

func TestAnEditedTemplateIsHeldToItsKind(t *testing.T) {
	template, err := letter.Default(foi.LetterAnswerRefused)
	if err != nil {
		t.Fatal(err)
	}
	edited := func(from, to string) []byte {
		var files []file
		for name, data := range unzip(t, template) {
			files = append(files, file{name, strings.ReplaceAll(data, from, to)})
		}
		return packed(t, files...)
	}
	var lacking foi.LackingPlaceholder
	if err := letter.CheckFor(foi.LetterAnswerRefused, edited("{{救济途径}}", "如不服，可以申诉。")); !errors.As(err, &lacking) || !slices.Equal(lacking.Names, []string{"救济途径"}) {
		t.Errorf("without the remedy: %v", err)
	}
	var unknown foi.UnknownPlaceholder
	if err := letter.CheckFor(foi.LetterAnswerRefused, edited("理由：", "理由（{{补正事项}}）：")); !errors.As(err, &unknown) || !slices.Equal(unknown.Names, []string{"补正事项"}) {
		t.Errorf("with what belongs in another letter: %v", err)
	}
	if err := letter.CheckFor(foi.LetterAnswerRefused, edited("经审查，", "经认真审查，")); err != nil {
		t.Errorf("in other words: %v", err)
	}
	if err := letter.CheckFor("none", template); !errors.Is(err, foi.UnknownLetter{Kind: "none"}) {
		t.Errorf("for no letter: %v", err)
	}
	for _, err := range []error{
		func() error { _, err := letter.Default("none"); return err }(), func() error { _, err := letter.HTML("none", nil); return err }(),
		func() error { _, err := letter.Write("none", nil, nil); return err }(),
	} {
		if !errors.Is(err, foi.UnknownLetter{Kind: "none"}) {
			t.Errorf("no letter: %v", err)
		}
	}
}
