using System.CommandLine;

namespace Slug.Commands;

/// <summary>One option of the service: its name, its variable, its configuration key and the form of its value.</summary>
internal sealed record ServeSetting
{
    public ServeSetting(string name, string key, SettingForm form, string description)
    {
        (Name, Key, Form) = (name, key, form);
        Option = new(name) { Description = $"{description}; also {Variable}", HelpName = form.Placeholder };
        Option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && MistakeIn(Name, token.Value) is { } mistake)
                result.AddError(mistake);
        });
    }

    public string Name { get; }

    public string Key { get; }

    public SettingForm Form { get; }

    public Option<string?> Option { get; }

    /// <summary><c>--build-timeout</c> is SLUG_BUILD_TIMEOUT.</summary>
    public string Variable => "SLUG" + Name[1..].Replace('-', '_').ToUpperInvariant();

    /// <summary>The configuration's text for what was given; both parts are null where nothing was.</summary>
    public SettingValue Read(ParseResult parse, Func<string, string?> environment)
    {
        if (parse.GetValue(Option) is { } option)
            return new(Form.Read(option), null);
        return environment(Variable) is { Length: > 0 } text ? new(Form.Read(text), MistakeIn(Variable, text)) : new(null, null);
    }

    private string? MistakeIn(string name, string text) =>
        Form.Read(text) is null ? $"{UsageErrors.Code}{name} is '{text}'; expected {Form.Expected}" : null;
}

/// <summary>A value for the configuration, or what is wrong with it.</summary>
internal sealed record SettingValue(string? Value, string? Mistake);
