package pb_hooks

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/attachment"
)

// bindRefusals puts what the API refuses into Chinese, whichever route and hook it
// comes from: bodies that are too large or hold a value of the wrong type, and
// sentences that PocketBase ended with a full stop of its own.
func bindRefusals(app core.App) {
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		se.Router.Bind(&hook.Handler[*core.RequestEvent]{
			Id:       "gongkaiRefusals",
			Priority: apis.DefaultCorsMiddlewarePriority - 1, // around all that refuses
			Func: func(e *core.RequestEvent) error {
				err := e.Next()
				if err == nil {
					return nil
				}
				return plainRefusal(e, err)
			},
		})
		return se.Next()
	})
}

// readBody reads what was sent. What of it cannot be read is refused; plainRefusal says
// where a value has the wrong type.
func readBody(e *core.RequestEvent, body any) error {
	if err := e.BindBody(body); err != nil {
		return e.BadRequestError("内容的格式不对。", err)
	}
	return nil
}

func plainRefusal(e *core.RequestEvent, err error) *router.ApiError {
	answer := router.ToApiError(err)
	cause, _ := answer.RawData().(error)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.Is(err, apis.ErrRequestEntityTooLarge):
		answer = router.NewApiError(http.StatusRequestEntityTooLarge, tooLarge(e), nil)
	case errors.As(cause, &wrong):
		answer = wrongType(wrong)
	}
	plain := *answer // PocketBase shares some
	plain.Message = withoutStop(answer.Message, "。")
	plain.Data, _ = plainSentences(answer.Data).(map[string]any)
	return &plain
}

func tooLarge(e *core.RequestEvent) string {
	if strings.HasPrefix(e.Request.Header.Get("Content-Type"), "multipart/form-data") {
		return "上传的内容太大，单个文件不超过 " + attachment.HumanSize(attachment.MaxSize) + "。请压缩或者减少文件后再提交。"
	}
	return "提交的内容太大，请减少后再提交。"
}

// wrongType says at its place in the JSON what a value, or one in the list there,
// should have been.
func wrongType(wrong *json.UnmarshalTypeError) *router.ApiError {
	const what = "内容的格式不对："
	should := "内容应当是" + typeName(wrong.Type.Kind())
	if wrong.Field == "" {
		return router.NewBadRequestError(what+should+"。", nil)
	}
	return router.NewBadRequestError(what+wrong.Field+" 的"+should+"。", validation.Errors{wrong.Field: validation.NewError("type_wrong", should)})
}

func typeName(kind reflect.Kind) string {
	switch kind {
	case reflect.String:
		return "文字"
	case reflect.Bool:
		return " true 或 false"
	case reflect.Float32, reflect.Float64:
		return "数字"
	case reflect.Slice, reflect.Array:
		return "列表"
	case reflect.Struct, reflect.Map:
		return " JSON 对象"
	}
	return "整数"
}

// plainSentences are the problems at fields, and at fields within fields, without the
// full stops of PocketBase.
func plainSentences(problems any) any {
	fields, ok := problems.(map[string]any)
	if !ok {
		return problems
	}
	plain := make(map[string]any, len(fields))
	for name, value := range fields {
		if sentence, ok := value.(string); ok && name == "message" {
			plain[name] = withoutStop(sentence, "")
			continue
		}
		plain[name] = plainSentences(value)
	}
	return plain
}

// withoutStop ends a Chinese sentence as it was written or, if it has no mark at its
// end, with end instead of a Western full stop.
func withoutStop(sentence, end string) string {
	text, stopped := strings.CutSuffix(sentence, ".")
	if !stopped || !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return sentence
	}
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune("。！？…", last) {
		return text
	}
	return text + end
}
