package site

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v5"
)

// coded is an error that a visitor can do something about: search query too
// long, and the like. Its text is a Chinese sentence.
type coded interface {
	error
	Code() string
}

// status gives the HTTP status of an error and whether its text is for the visitor.
func status(err error) (code int, tell bool) {
	var bad badQuery
	var c coded
	var h *echo.HTTPError
	var often tooOften
	switch {
	case errors.Is(err, ErrNotFound):
		return http.StatusNotFound, false
	case errors.As(err, &often):
		return http.StatusTooManyRequests, true
	case errors.As(err, &bad), errors.As(err, &c):
		return http.StatusBadRequest, true
	case errors.As(err, &h):
		return h.Code, false
	}
	if sc, ok := err.(interface{ StatusCode() int }); ok {
		return sc.StatusCode(), false
	}
	return http.StatusInternalServerError, false
}

// ErrorView is what an error page says.
type ErrorView struct {
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

// showError is the one place where an error becomes an answer: a problem
// document under /open/, a page elsewhere. The cause goes to the log only.
func (s *Site) showError(c *echo.Context, err error) {
	var moved MovedColumn
	if errors.As(err, &moved) {
		s.redirect(c, moved)
		return
	}
	code, tell := status(err)
	if code == http.StatusNotFound && s.leadOn(c) {
		return
	}
	if code >= 500 && c.Request().Context().Err() == nil {
		s.log.Error("public site", "path", c.Request().URL.Path, "error", err)
	}
	detail := ""
	if tell {
		detail = err.Error()
	}
	if often := (tooOften{}); errors.As(err, &often) {
		c.Response().Header().Set("Retry-After", often.seconds())
	}
	if strings.HasPrefix(c.Request().URL.Path, "/open/") {
		s.problem(c, code, err)
		return
	}
	kind := kindError
	if code == http.StatusNotFound {
		kind = kindNotFound
	}
	d, derr := s.reader.District(c.Request().Context())
	if derr != nil {
		d = District{SiteName: "信息公开与办事服务平台"}
	}
	body, rerr := s.render(kind, d, ErrorView{code, detail})
	if rerr != nil {
		s.log.Error("render error page", "error", rerr)
		body = []byte("页面暂时打不开，请稍后再试。")
	}
	if werr := newDocument(code, "text/html; charset=utf-8", body).write(c.Response(), c.Request()); werr != nil {
		s.log.Debug("visitor left", "error", werr)
	}
}
