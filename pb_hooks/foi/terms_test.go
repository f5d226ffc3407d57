package foi_test

import (
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
)

func TestTermsCaution(t *testing.T) {
	longer, shorter := foi.DefaultTerms, foi.DefaultTerms
	longer.Answer, longer.ThirdParty, shorter.Answer = 30, 20, 10
	if got := longer.Caution(); !strings.Contains(got, "答复期限 30 个工作日（条例规定 20 个）、第三方提出意见 20 个工作日（条例规定 15 个）") {
		t.Errorf("longer: %q", got)
	}
	if got := shorter.Caution() + foi.DefaultTerms.Caution(); got != "" {
		t.Errorf("what the law allows: %q", got)
	}
}
