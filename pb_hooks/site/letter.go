package site

import (
	"context"
	"net/url"

	"github.com/labstack/echo/v5"
)

// LetterPage explains how to write a letter (来信) to a school or to the bureau:
// who reads it, by when it is answered, what is kept secret. What is filled in
// goes from the visitor's browser to /api/app, never through here.
type LetterPage struct {
	Channel Channel       `json:"channel"`
	School  *SchoolDetail `json:"school"`  // nil: to the bureau
	Bureau  string        `json:"bureau"`  // in words
	Notes   []Named       `json:"notes"`   // to be read before writing
	Schools []SchoolRef   `json:"schools"` // one of them is named in an appeal
}

// Channel (互动渠道) is a way to write, as it is open today.
type Channel struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Accept int    `json:"accept"` // 受理期限, in working days; 0 is the same day
	Reply  int    `json:"reply"`  // 答复期限, in working days
	Extend int    `json:"extend"` // the most that the one extension adds; 0: there is none
	Closed bool   `json:"closed"`
	Notice string `json:"notice"` // what the district says about it
}

// Codes of the channels that have a page.
const (
	channelConsultation = "consultation"
	channelMailbox      = "mailbox"
	channelErratum      = "erratum"
	channelAppeal       = "appeal"
)

// letterPages are the pages of the channels, beneath the school's page or, for
// the bureau, at the root.
var letterPages = map[string]string{channelConsultation: "/ask", channelMailbox: "/mailbox", channelErratum: "/correct", channelAppeal: "/appeal"}

// path is where the letter is written.
func (v LetterPage) path() string {
	if v.School == nil {
		return letterPages[v.Channel.Code]
	}
	return "/s/" + v.School.Code + letterPages[v.Channel.Code]
}

// letter is the page of a channel.
func (s *Site) letter(channel string) handler {
	return func(c *echo.Context) (resource, error) { return s.letterTo(c.Param("school"), channel) }
}

// channel is the same as open data.
func (s *Site) channel(c *echo.Context) (resource, error) {
	return s.letterTo(c.Param("school"), c.Param("channel"))
}

func (s *Site) letterTo(school, channel string) (resource, error) {
	page, tag := letterPages[channel], DistrictTag
	if page == "" {
		return resource{}, ErrNotFound
	}
	if school != "" {
		page, tag = "/s/"+school+page, SchoolTag(school)
	}
	return resource{kindLetter, page, []string{tag}, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Letter(ctx, channel, school)
		return v, nil, err
	}}, nil
}

// describeLetter says in the head of the page what it is for.
func (h *Head) describeLetter(v LetterPage) {
	to, crumbs := v.Bureau, []Crumb{{Name: v.Channel.Name}}
	if v.School != nil {
		to, crumbs = v.School.Name, []Crumb{{v.School.ShortName, "/s/" + v.School.Code}, {Name: v.Channel.Name}}
	}
	h.describe(v.Channel.Name+" - "+to, v.Channel.Name+"（"+to+"）：谁来看、多久答复、怎样保密，在线填写。", crumbs...)
	h.NoIndex = v.Channel.Code == channelErratum // it is about some other page
}

// correctPath is where a mistake of a page is reported: to its school, or to the
// bureau. ui/src/public/head.ts says the same.
func correctPath(school, page string) string {
	path := letterPages[channelErratum]
	if school != "" {
		path = "/s/" + school + path
	}
	if page == "" || page == path {
		return path
	}
	return path + "?page=" + url.QueryEscape(page)
}
