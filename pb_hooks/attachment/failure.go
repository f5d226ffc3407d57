package attachment

import "fmt"

// Forbidden refuses a file by its kind. Ext is the extension in the file's name, "" if it has none; Reason is a Chinese
// sentence if the extension is allowed but what the file holds is not.
type Forbidden struct{ Ext, Reason string }

// Error is the sentence for the person who chose the file.
func (e Forbidden) Error() string {
	const allowed = "可以上传 PDF、OFD、Word、Excel、PowerPoint、JPG、PNG 和 ZIP 文件"
	switch {
	case e.Reason != "":
		return e.Reason
	case e.Ext == "":
		return "文件名没有扩展名，无法判断类型；" + allowed
	}
	return fmt.Sprintf("不能上传 .%s 文件；%s", e.Ext, allowed)
}

// Code is the machine code of the error.
func (e Forbidden) Code() string { return "attachment_type_forbidden" }

// Params are the values in the sentence.
func (e Forbidden) Params() map[string]any { return map[string]any{"ext": e.Ext, "reason": e.Reason} }

// Mismatch refuses a file whose content is not what its name says. Content is a Chinese name of what it holds.
type Mismatch struct{ Ext, Content string }

// Error is the sentence for the person who chose the file.
func (e Mismatch) Error() string {
	return fmt.Sprintf("文件名是 .%s，内容却是 %s，请检查文件", e.Ext, e.Content)
}

// Code is the machine code of the error.
func (e Mismatch) Code() string { return "attachment_type_mismatch" }

// Params are the values in the sentence.
func (e Mismatch) Params() map[string]any { return map[string]any{"ext": e.Ext, "content": e.Content} }

// TooLarge refuses a file over MaxSize. Size is in bytes.
type TooLarge struct{ Size int64 }

// Error is the sentence for the person who chose the file.
func (e TooLarge) Error() string {
	return fmt.Sprintf("文件太大（%s），单个附件不能超过 %s", HumanSize(e.Size), HumanSize(MaxSize))
}

// Code is the machine code of the error.
func (e TooLarge) Code() string { return "attachment_too_large" }

// Params are the values in the sentence, in bytes.
func (e TooLarge) Params() map[string]any {
	return map[string]any{"size": e.Size, "max": int64(MaxSize)}
}

// Empty refuses a file without content.
type Empty struct{}

// Error is the sentence for the person who chose the file.
func (e Empty) Error() string { return "文件是空的，请检查后重新上传" }

// Code is the machine code of the error.
func (e Empty) Code() string { return "attachment_empty" }

// Params are the values in the sentence: none.
func (e Empty) Params() map[string]any { return map[string]any{} }

// ImageTooBig refuses a picture of more than MaxPixels before it is decoded. Width and Height are in pixels.
type ImageTooBig struct{ Width, Height int }

// Error is the sentence for the person who chose the picture.
func (e ImageTooBig) Error() string {
	return fmt.Sprintf("图片尺寸过大（%d×%d 像素），请缩小到 %d 万像素以内再上传", e.Width, e.Height, MaxPixels/10000)
}

// Code is the machine code of the error.
func (e ImageTooBig) Code() string { return "attachment_image_too_big" }

// Params are the values in the sentence.
func (e ImageTooBig) Params() map[string]any {
	return map[string]any{"width": e.Width, "height": e.Height, "max_pixels": MaxPixels}
}

// BrokenImage refuses a picture that cannot be decoded. Cause is for the log.
type BrokenImage struct{ Cause error }

// Error is the sentence for the person who chose the picture.
func (e BrokenImage) Error() string {
	return "图片已损坏，无法打开，请重新导出后上传"
}

// Code is the machine code of the error.
func (e BrokenImage) Code() string { return "attachment_image_broken" }

// Params are the values in the sentence: none.
func (e BrokenImage) Params() map[string]any { return map[string]any{} }

// Unwrap returns the cause.
func (e BrokenImage) Unwrap() error { return e.Cause }
