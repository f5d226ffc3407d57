package richtext

import "fmt"

// Note says what Clean took out of a text that its author may miss.
type Note struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
}

type finding int

const (
	externalImage finding = iota
	script
	embed
	privateLink
	badLink
	flattened
	findings
)

var noteCodes = [findings]string{
	"external_image_removed", "script_removed", "embed_removed", "private_link_removed", "bad_link_removed", "structure_flattened",
}

var noteSentences = map[string]string{
	noteCodes[externalImage]: "已移除 %d 张外部图片，请把图片作为附件上传后再插入",
	noteCodes[script]:        "已移除 %d 段脚本，网站不允许在正文中运行脚本",
	noteCodes[embed]:         "已移除 %d 处嵌入内容（视频、图形、表单或外部页面），请改为附件或链接",
	noteCodes[privateLink]:   "已移除 %d 个指向内部网络的链接，公众无法打开这类地址，文字已保留",
	noteCodes[badLink]:       "已移除 %d 个无效链接，文字已保留；链接须以 http://、https:// 或 / 开头",
	noteCodes[flattened]:     "正文的格式嵌套过深，已保留全部文字，请重新设置格式",
}

// String is the sentence for the author.
func (n Note) String() string {
	switch sentence := noteSentences[n.Code]; n.Code {
	case noteCodes[flattened]:
		return sentence
	case "":
		return ""
	default:
		return fmt.Sprintf(sentence, n.Count)
	}
}

func (w *walker) notes() []Note {
	var notes []Note
	for f, count := range w.found {
		if count > 0 {
			notes = append(notes, Note{Code: noteCodes[f], Count: count})
		}
	}
	return notes
}
