package site

import (
	"cmp"
	"context"
	"encoding/xml"
	"html"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v5"
)

// feedItems is how many disclosures a feed lists.
const feedItems = 30

// rss is an RSS 2.0 document.
type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	BuildDate   string    `xml:"lastBuildDate,omitempty"`
	Self        atomLink  `xml:"atom:link"`
	Items       []rssItem `xml:"item"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type rssItem struct {
	Title       string  `xml:"title"`
	Link        string  `xml:"link"`
	Description string  `xml:"description"`
	Category    string  `xml:"category"`
	Creator     string  `xml:"dc:creator"`
	GUID        rssGUID `xml:"guid"`
	PubDate     string  `xml:"pubDate,omitempty"`
}

type rssGUID struct {
	PermaLink bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

// feed lists what is new: in the district, in a school or in one of its
// columns, as far as the address tells.
func (s *Site) feed(c *echo.Context) error {
	school, column := c.Param("school"), c.Param("column")
	page, tag := "/", DistrictTag
	switch {
	case column != "":
		page, tag = "/s/"+school+"/"+column, ColumnTag(school, column)
	case school != "":
		page, tag = "/s/"+school, SchoolTag(school)
	}
	return s.serve(c, "feed "+tag, func(ctx context.Context) (*document, error) {
		d, err := s.reader.District(ctx)
		if err != nil {
			return nil, err
		}
		title, err := s.feedTitle(ctx, d, school, column)
		if err != nil {
			return nil, err
		}
		list, err := s.reader.Articles(ctx, ArticleFilter{School: school, Column: column, Limit: feedItems})
		if err != nil {
			return nil, err
		}
		channel, newest := feedChannel(d, title, page, list.Items)
		body, err := xmlDocument(rss{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", DC: "http://purl.org/dc/elements/1.1/", Channel: channel})
		if err != nil {
			return nil, err
		}
		doc := newDocument(http.StatusOK, "application/rss+xml; charset=utf-8", body, tag)
		if !newest.IsZero() {
			doc.header.Set("Last-Modified", newest.UTC().Format(http.TimeFormat))
		}
		return doc, nil
	})
}

// feedTitle names the feed. It is also what finds out that there is no such
// school or column.
func (s *Site) feedTitle(ctx context.Context, d District, school, column string) (string, error) {
	if school == "" {
		return d.SiteName, nil
	}
	if column == "" {
		v, err := s.reader.School(ctx, school)
		return v.School.Name, err
	}
	v, err := s.reader.Column(ctx, school, column, 1)
	return v.School.Name + " " + v.Column.Name, err
}

// feedChannel is dated by what it lists, not by the clock: the same content is
// the same document. Withdrawn items are left out.
func feedChannel(d District, title, page string, articles []ArticleItem) (channel rssChannel, newest time.Time) {
	self := strings.TrimSuffix(page, "/") + "/feed.xml"
	channel = rssChannel{Title: clean(title), Link: d.BaseURL + page, Description: clean(title + "最新公开的信息"), Language: "zh-CN",
		Self: atomLink{d.BaseURL + self, "self", "application/rss+xml"}}
	for _, a := range articles {
		if a.State != "published" {
			continue
		}
		item := rssItem{Title: clean(a.Title), Link: d.BaseURL + "/a/" + a.ID, Category: clean(a.Column.Name), Creator: clean(a.School.Name),
			Description: html.EscapeString(clean(cmp.Or(a.Summary, a.Title)))} // feed readers take it for HTML
		item.GUID = rssGUID{true, item.Link}
		if at, err := time.Parse(time.RFC3339, a.PublishedAt); err == nil {
			item.PubDate = at.In(shanghai).Format(time.RFC1123Z)
			if at.After(newest) {
				newest = at
			}
		}
		channel.Items = append(channel.Items, item)
	}
	if !newest.IsZero() {
		channel.BuildDate = newest.In(shanghai).Format(time.RFC1123Z)
	}
	return channel, newest
}

// clean removes the control characters that XML 1.0 does not allow even
// escaped; encoding/xml would put a question mark in their place.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
}

func xmlDocument(v any) ([]byte, error) {
	body, err := xml.Marshal(v)
	return append([]byte(xml.Header), body...), err
}
