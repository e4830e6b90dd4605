package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// homes names the package that answers for a form where something depends on
// the form's id, by the constant of the id. Nowhere else may anything.
var homes = map[string]string{"RegisterID": "bot/register"}

// holdForms finds decisions on a form's id outside its home: what a form does
// differently is a method of its host, so that a new form needs no search.
func holdForms(t *testing.T, r room, d debt) {
	if r.name == "flows/forms" {
		return
	}

	var found []string
	for _, f := range r.files {
		for _, id := range decisions(r.TypesInfo, f.tree) {
			if homes[id.Name] != r.name {
				found = append(found, fmt.Sprintf("%s:%d: %s", f.path, r.Fset.Position(id.Pos()).Line, id.Name))
			}
		}
	}
	owe(t, r, found, d.decisions, "decide on a form's id only in its home (the table homes): ask the form's host instead")
}

// decisions are the form ids on which something depends: compared, a case, a
// key of a map, or an element of a list that is searched.
func decisions(info *types.Info, tree *ast.File) []*ast.Ident {
	var found []*ast.Ident
	look := func(sides ...ast.Expr) {
		for _, side := range sides {
			if id := formID(info, side); id != nil {
				found = append(found, id)
			}
		}
	}

	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				look(n.X, n.Y)
			}
		case *ast.CaseClause:
			look(n.List...)
		case *ast.KeyValueExpr:
			look(n.Key)
		case *ast.CallExpr:
			for _, arg := range n.Args {
				if list, ok := arg.(*ast.CompositeLit); ok && searches(n) {
					look(list.Elts...)
				}
			}
		}
		return true
	})
	return found
}

// searches reports whether a call looks something up in a list.
func searches(call *ast.CallExpr) bool {
	name := types.ExprString(call.Fun)
	return strings.HasPrefix(name, "slices.Contains") || strings.HasPrefix(name, "slices.Index")
}

// formID is the name of the constant, if the expression is a form's id.
func formID(info *types.Info, e ast.Expr) *ast.Ident {
	if selected, ok := e.(*ast.SelectorExpr); ok {
		e = selected.Sel
	}
	name, ok := e.(*ast.Ident)
	if !ok {
		return nil
	}
	constant, ok := info.Uses[name].(*types.Const)
	if !ok || constant.Pkg() == nil || constant.Pkg().Path() != "danvan/flows/forms" || !strings.HasSuffix(constant.Name(), "ID") {
		return nil
	}
	return name
}
