package source

import (
	"regexp"
	"slices"
	"strings"
)

// secretBelongs says where a secret belongs: only there it is kept sealed.
const secretBelongs = "请去掉它，在“认证”里选“地址里的令牌参数”，填参数名和令牌，令牌会加密保存"

// secretName is what parameters are called that let the reader in, without signs between the words.
var secretName = regexp.MustCompile(`^((api|app|access|auth|client|private|secret|subscription)?key|auth|authorization|credentials?|sign|signature|(j|php)?sess(ion)?id|ticket|ak|sk|pass)$|` +
	`(token|secret|password|passwd|passphrase|pwd|密码|密钥|口令|令牌)$`)

// notSecret are cursors, which are called alike.
var notSecret = []string{"pagetoken", "nexttoken", "nextpagetoken"}

// isSecret reports whether a parameter lets the reader in, by its name. A word in Chinese is none: key=晨光 looks for
// a school.
func isSecret(parameter string, values []string) bool {
	name := strings.NewReplacer("_", "", "-", "", ".", "").Replace(strings.ToLower(parameter))
	if !secretName.MatchString(name) || slices.Contains(notSecret, name) {
		return false
	}
	return slices.ContainsFunc(values, func(value string) bool {
		return value != "" && !strings.ContainsFunc(value, func(r rune) bool { return r >= 0x80 })
	})
}
