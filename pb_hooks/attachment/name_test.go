package attachment

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCleanName(t *testing.T) {
	for _, tt := range []struct{ name, given, want string }{
		{"a Chinese name stays", "2026年招生简章（定稿）.pdf", "2026年招生简章（定稿）.pdf"},
		{"folders of Windows go", `C:\fakepath\通知.docx`, "通知.docx"},
		{"folders of Unix go", "../../etc/通知.pdf", "通知.pdf"},
		{"control characters go", "通\x00知\x1b\x7f.pdf", "通知.pdf"},
		{"line ends become a space", "通知\r\n二.pdf", "通知 二.pdf"},
		{"direction overrides go", "通知\u202efdp\u2066.exe", "通知fdp.exe"},
		{"zero-width characters go", "\ufeff通\u200b知.pdf", "通知.pdf"},
		{"broken characters go", "通\xff知.pdf", "通知.pdf"},
		{"spaces and dots at the ends go", "  通知.pdf . ", "通知.pdf"},
		{"a name of only dots is 附件", "..", "附件"},
		{"no name is 附件", "", "附件"},
		{"a folder alone is 附件", "a/", "附件"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := CleanName(tt.given)
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if again := CleanName(got); again != got {
				t.Errorf("cleaned again it is %q", again)
			}
		})
	}
	t.Run("a long name keeps 120 characters with its extension", func(t *testing.T) {
		got := CleanName(strings.Repeat("很长", 200) + ".docx")
		if n := utf8.RuneCountInString(got); n != 120 || !strings.HasSuffix(got, "很长很.docx") {
			t.Errorf("got %d characters: %q", n, got)
		}
	})
	t.Run("a long last part is no extension", func(t *testing.T) {
		if n := utf8.RuneCountInString(CleanName("a." + strings.Repeat("长", 200))); n != 120 {
			t.Errorf("got %d characters", n)
		}
	})
}

func TestHumanSize(t *testing.T) {
	for _, tt := range []struct {
		name string
		n    int64
		want string
	}{
		{"nothing", 0, "0 B"},
		{"bytes have no fraction", 1023, "1023 B"},
		{"a whole number has no fraction", 2048, "2 KB"},
		{"a megabyte and a fifth", 1258291, "1.2 MB"},
		{"what rounds to 1024 is one of the next unit", 1<<20 - 1, "1 MB"},
		{"the limit", MaxSize, "20 MB"},
		{"very much", 1 << 50, "1024 TB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := HumanSize(tt.n); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
