// Package greeting says hello.
package greeting

// For gives the greeting of a name.
func For(name string) string {
	return "Hello from " + name + "\n"
}
