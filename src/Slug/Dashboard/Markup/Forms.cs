using Slug.Tokens;

namespace Slug.Dashboard.Markup;

/// <summary>The forms of one browser: each carries its key.</summary>
internal sealed class Forms(string key)
{
    /// <summary>The field that holds the key.</summary>
    public const string Field = "form";

    public static Forms Of(HttpContext http) => new(http.RequestServices.GetRequiredService<SessionCookie>().Ensure(http).FormKey);

    /// <summary>A form that changes something.</summary>
    public Html Post(string action, Html content) =>
        $"""<form method="post" action="{action}"><input type="hidden" name="{Field}" value="{key}">{content}</form>""";

    /// <summary>One that is a button alone.</summary>
    public Html Button(string action, string label) => Post(action, $"<button>{label}</button>");
}
