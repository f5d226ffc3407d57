package pb_hooks

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/registry/source"
)

// RegistryTrial is what a mapping makes of the first page of a source.
type RegistryTrial struct {
	source.Trial
	Fault    string `json:"fault"`    // why it could not be read; "" is none
	Sentence string `json:"sentence"` // the same for people
}

// TriedSource is a source that is being set up.
type TriedSource struct {
	Source         string        `json:"source"` // id of a stored one, whose secret is used where none is sent
	Config         source.Config `json:"config"`
	Secret         *string       `json:"secret"`
	PrivateAllowed bool          `json:"private_allowed"`
}

// trySource reads the first page of a source that need not be stored yet, and shows
// the first rows as they came and as they would be taken. Nothing is kept. It is sent
// as JSON or, with a file, as a form with the JSON in "source_config".
func (p *platform) trySource(e *core.RequestEvent) error {
	if _, err := p.managesRegistry(e); err != nil {
		return err
	}
	var asked TriedSource
	body, isForm := io.Reader(e.Request.Body), strings.HasPrefix(e.Request.Header.Get("Content-Type"), "multipart/form-data")
	if isForm {
		body = strings.NewReader(e.Request.FormValue("source_config"))
	}
	if err := json.NewDecoder(body).Decode(&asked); err != nil {
		return e.BadRequestError("内容的格式不对："+badJSON(err), err)
	}
	if err := checkConfig(asked.Config); err != nil {
		return err
	}
	limits := p.options.Registry
	limits.Private, limits.Folder = asked.PrivateAllowed, p.registryFolder()
	done := deed{Action: "try_registry_source", Collection: records.RegistrySources, Record: asked.Source,
		Detail: map[string]any{"kind": string(asked.Config.Kind), "url": withoutQuery(asked.Config.URL), "private_allowed": asked.PrivateAllowed}}
	var trial source.Trial
	try := func() (err error) {
		secrets, err := p.secretsToTry(e.App, asked)
		if err == nil {
			trial, err = source.Try(e.Request.Context(), asked.Config, secrets, limits)
		}
		return err
	}
	if isForm {
		o, err := askedRun(e)
		if err != nil {
			return err
		}
		content, err := o.File.Reader.Open()
		if err != nil {
			return err
		}
		defer content.Close()
		var data bytes.Buffer
		if _, err := io.Copy(&data, content); err != nil {
			return err
		}
		try = func() (err error) {
			trial, err = source.TryFile(e.Request.Context(), asked.Config, o.FileName, data.Bytes(), limits)
			return err
		}
	}
	return p.enterBefore(e, actorOf(e), done, func() error {
		view := RegistryTrial{}
		err := try()
		var fault source.Fault
		switch {
		case errors.As(err, &fault):
			view.Fault, view.Sentence = string(fault.Code), fault.Sentence
		case err != nil:
			return keyProblem(err)
		}
		view.Trial = withoutNulls(trial)
		e.Response.Header().Set("Cache-Control", "no-store")
		return e.JSON(http.StatusOK, view)
	})
}

// withoutNulls is a trial whose lists are lists also where they are empty.
func withoutNulls(t source.Trial) source.Trial {
	t.Samples, t.Lists, t.Places = append([]source.Sample{}, t.Samples...), append([]string{}, t.Lists...), append([]source.Place{}, t.Places...)
	if t.Shape.Fields == nil {
		t.Shape.Fields = map[string]int{}
	}
	for i := range t.Samples {
		t.Samples[i].Values = append([]source.SampleValue{}, t.Samples[i].Values...)
		t.Samples[i].Problems = append([]registry.Problem{}, t.Samples[i].Problems...)
	}
	return t
}

// secretsToTry are what was sent, else what is stored for the same hosts.
func (p *platform) secretsToTry(app core.App, asked TriedSource) (source.Secrets, error) {
	if asked.Secret != nil {
		return source.Secrets{Secret: *asked.Secret}, nil
	}
	if asked.Source == "" {
		return source.Secrets{}, nil
	}
	src, err := app.FindRecordById(records.RegistrySources, asked.Source)
	if err != nil {
		return source.Secrets{}, refused("source", "source_unknown", "没有这个数据来源，请刷新页面")
	}
	was, err := sourceConfig(src)
	if err != nil {
		return source.Secrets{}, err
	}
	if src.GetString("secrets") != "" && !sameHosts(was, asked.Config) {
		return source.Secrets{}, refused("secret", "secret_again", "地址换了主机，请重新填写密码或令牌")
	}
	return p.sourceSecrets(src)
}
