using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Slug.Commands.Terminals;

/// <summary>Where a command shows what it has to say: tables for people, JSON for programs, failures on stderr.</summary>
internal sealed class Screen(TextWriter output, TextWriter error)
{
    // A table that goes into a pipe is not folded.
    private const int Unfolded = 1000;

    public TextWriter Output => output;

    /// <summary>True where a person reads along.</summary>
    public bool IsTerminal => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;

    public static Screen Of(ParseResult parse) => new(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);

    public void Line(string text) => output.WriteLine(text);

    /// <summary>What accompanies an output that may go into a pipe.</summary>
    public void Remark(string text) => error.WriteLine(text);

    public void Error(string message)
    {
        foreach (var line in message.Split('\n'))
            error.WriteLine($" !     {line}");
    }

    public void Json<T>(T value, JsonTypeInfo<T> type)
    {
        // What goes to a terminal or a program is no page: quotes may stand as they are.
        var indented = new JsonSerializerOptions(type.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        output.WriteLine(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)indented.GetTypeInfo(typeof(T))));
    }

    /// <summary>Rows of plain text under headings; nothing in them is taken for markup.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Dim))).PadRight(3).NoWrap());
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        if (IsTerminal)
            AnsiConsole.Console.Write(table);
        else
            WriteUnfolded(table);
    }

    /// <summary>Names and their values, one a line.</summary>
    public void Facts(IEnumerable<(string Name, string Value)> facts)
    {
        var list = facts.ToList();
        var width = list.Max(fact => fact.Name.Length) + 3;
        foreach (var (name, value) in list)
            output.WriteLine($"{name.PadRight(width)}{value}");
    }

    private void WriteUnfolded(Table table)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = Unfolded;
        console.Write(table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
            output.WriteLine(line.TrimEnd());
    }
}
