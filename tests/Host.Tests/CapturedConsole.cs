using System.Text;

namespace Equaticket.Host.Tests;

/// <summary>Captures the console output of one test while other tests use the same console.</summary>
internal sealed class CapturedConsole
{
    private static readonly AsyncLocal<CapturedConsole?> Current = new();

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    static CapturedConsole()
    {
        Console.SetOut(new Switch(Console.Out, console => console._output));
        Console.SetError(new Switch(Console.Error, console => console._errors));
    }

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    /// <summary>Runs a function and captures its output.</summary>
    public T Capture<T>(Func<T> run)
    {
        Current.Value = this;
        try
        {
            return run();
        }
        finally
        {
            Current.Value = null;
        }
    }

    private sealed class Switch(TextWriter shared, Func<CapturedConsole, TextWriter> captured) : TextWriter
    {
        public override Encoding Encoding => shared.Encoding;

        private TextWriter Target => Current.Value is { } console ? captured(console) : shared;

        public override void Write(char value) => Target.Write(value);

        public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

        public override void Write(string? value) => Target.Write(value);

        public override void Flush() => Target.Flush();
    }
}
