package pb_hooks

import (
	"fmt"
	"strings"

	"gongkai/pb_hooks/foi"
)

// inquirySeries is the one series of the whole district that letters of a year are
// numbered in.
func inquirySeries(year string) string { return "inquiry|" + year }

// inquiryNumber is the number of a letter (来信编号), e.g. LX2026-00012.
func inquiryNumber(year string, n int) string { return fmt.Sprintf("LX%s-%05d", year, n) }

// normalInquiryNumber is a number the way people may type it.
func normalInquiryNumber(text string) string {
	text = foi.NormalNumber(text) // without spaces and hyphens
	if rest, ok := strings.CutPrefix(text, "LX"); ok && len(rest) > 4 {
		return "LX" + rest[:4] + "-" + rest[4:]
	}
	return text
}
