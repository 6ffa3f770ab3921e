using System.Text;
using Equaticket.Engine.Errors;

namespace Equaticket.Host.Commands;

/// <summary>
/// Reads secrets from a line of standard input or, on a terminal, from hidden input. They must not be arguments,
/// which other users of the machine can see and the shell history records.
/// </summary>
internal static class CommandInput
{
    /// <param name="name">For the prompt, such as <c>Password</c>.</param>
    /// <exception cref="ApiError">The input is empty.</exception>
    public static string ReadSecret(string name)
    {
        if (Console.IsInputRedirected)
            return Require(Console.In.ReadLine(), name);
        return Require(Prompt(name), name);
    }

    /// <summary>Reads a new password, which must be typed twice on a terminal.</summary>
    /// <exception cref="ApiError">The input is empty, or the repetition differs.</exception>
    public static string ReadNewSecret(string name)
    {
        var secret = ReadSecret(name);
        return Console.IsInputRedirected || Prompt($"Repeat {name}") == secret
            ? secret
            : throw ApiError.Validation(null, $"The entries don't match. No {name} was set.");
    }

    private static string Require(string? text, string name) =>
        text?.Trim() is { Length: > 0 } secret
            ? secret
            : throw ApiError.Validation(null, $"Standard input contains no {name}.");

    private static string Prompt(string label)
    {
        Console.Error.Write($"{label}: ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
