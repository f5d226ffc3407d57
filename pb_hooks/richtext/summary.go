package richtext

import (
	"bytes"
	"strings"
)

// Summary returns the beginning of text on one line, at most max characters with the … that marks a cut. It cuts after
// the last whole sentence (。！？) if that keeps at least half of what fits, else between any two characters.
func Summary(text string, max int) string {
	if max <= 0 {
		return ""
	}
	var b bytes.Buffer
	count, room, sentence, sentenceCount := 0, 0, 0, 0 // room: where the cut must be; sentence: where it had better be
	for _, r := range text {
		if r == '\n' {
			r = ' '
		}
		if count == max {
			cut := room
			if sentence > 0 && 2*sentenceCount >= max {
				cut = sentence
			}
			return strings.TrimRight(string(b.Bytes()[:cut]), " ，、；：,") + "…"
		}
		b.WriteRune(r)
		count++
		if count < max {
			room = b.Len()
			switch r {
			case '。', '！', '？':
				sentence, sentenceCount = room, count
			case '”', '’', '」', '）':
				if sentence > 0 && sentenceCount == count-1 {
					sentence, sentenceCount = room, count
				}
			}
		}
	}
	return b.String()
}
