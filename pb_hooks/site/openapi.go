package site

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/labstack/echo/v5"
)

// openapiDocument is the contract of /open/v1 and the source of the TypeScript
// types of the public pages. open_test.go holds it to the structs of view.go.
//
//go:embed openapi.json
var openapiDocument []byte

// openapiServer stands in openapi.json for the address of the district.
const openapiServer = `"https://district.example"`

// openapi gives out the contract, with the district's own address in it.
func (s *Site) openapi(c *echo.Context) error {
	return s.serve(c, "openapi", func(ctx context.Context) (*document, error) {
		d, err := s.reader.District(ctx)
		if err != nil {
			return nil, err
		}
		address, err := json.Marshal(d.BaseURL)
		if err != nil {
			return nil, err
		}
		body := bytes.Replace(openapiDocument, []byte(openapiServer), address, 1)
		doc := newDocument(http.StatusOK, "application/json; charset=utf-8", body, DistrictTag)
		allowReading(doc.header)
		return doc, nil
	})
}

// Problem says why there is no answer (RFC 9457): Type is for machines, Title
// and Detail are for people, Field names the parameter to mend, if it is one.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Field  string `json:"field"`
}

// problems are the words for the statuses that /open/v1 answers.
var problems = map[int]struct{ code, title, detail string }{
	http.StatusBadRequest:          {"bad_request", "请求有误", "请求不能理解，请对照接口说明检查参数。"},
	http.StatusNotFound:            {"not_found", "没有找到", "没有这项内容，或者它没有公开。"},
	http.StatusMethodNotAllowed:    {"method_not_allowed", "不支持这种请求方法", "开放数据只能读取，请使用 GET。"},
	http.StatusTooManyRequests:     {"too_many_requests", "请求太频繁", "请稍等一分钟再试。"},
	http.StatusInternalServerError: {"internal", "暂时不能提供服务", "服务暂时出错，请稍后再试。"},
}

// problemOf words an error. Its own text is told only where it is for visitors.
func problemOf(code int, err error) Problem {
	words, known := problems[code]
	if !known {
		words = problems[http.StatusInternalServerError]
		if code < http.StatusInternalServerError {
			words = problems[http.StatusBadRequest]
		}
	}
	p := Problem{Type: words.code, Title: words.title, Status: code, Detail: words.detail}
	if _, tell := status(err); tell {
		p.Detail = err.Error()
	}
	var bad badQuery
	if errors.As(err, &bad) {
		p.Type, p.Field = "bad_query", bad.Field
	}
	var c coded
	if errors.As(err, &c) {
		p.Type = c.Code()
	}
	p.Type = "urn:gongkai:problem:" + p.Type
	return p
}

// problem answers an error under /open/ as application/problem+json.
func (s *Site) problem(c *echo.Context, code int, err error) {
	body, _ := json.Marshal(problemOf(code, err)) // strings and a number always marshal
	doc := newDocument(code, "application/problem+json; charset=utf-8", body)
	allowReading(doc.header)
	if err := doc.write(c.Response(), c.Request()); err != nil {
		s.log.Debug("visitor left", "error", err)
	}
}
