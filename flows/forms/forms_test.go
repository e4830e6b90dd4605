package forms_test

import (
	"testing"

	"danvan/flows"
	"danvan/flows/forms"
)

func TestFormsAreSound(t *testing.T) {
	t.Parallel()
	for _, f := range []*flows.Form{
		forms.Register(), forms.Update(), forms.Profile(), forms.Where(), forms.Remarks(), forms.Grant(), forms.Campaign(), forms.Holiday(),
		forms.Return(), forms.Reason(forms.RejectID), forms.Reason(forms.UnfinishedID), forms.Reason(forms.WithdrawID), forms.Merge(),
	} {
		if err := flows.Lint(f); err != nil {
			t.Error(err)
		}
	}
}
