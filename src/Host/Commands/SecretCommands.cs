using System.CommandLine;
using Equaticket.Host.Hosting;

namespace Equaticket.Host.Commands;

/// <summary><c>secrets rewrap</c>: the last step of replacing the certificate.</summary>
internal static class SecretCommands
{
    public static Command Create() => new("secrets", "Manage the encryption of stored secrets.") { Rewrap() };

    private static Command Rewrap()
    {
        var json = CommandOptions.Json();
        var command = new Command(
            "rewrap",
            "Wrap the keys that encrypt stored secrets with the current certificate, so that previous ones are no "
            + "longer needed. Safe to run while servers are running, to interrupt, and to repeat.")
        {
            json,
        };
        return command.OnDatabase(async (services, given, token) =>
        {
            var done = await services.GetRequiredService<KeyWrapping>().RunAsync(
                (number, count) => Console.Error.WriteLine($"Wrapped {number} of {count} keys"), token);
            CommandHost.Print(
                given.GetValue(json),
                done,
                $"{done.Rewrapped} of {done.Keys} keys were rewrapped. All are wrapped with the certificate "
                + $"{done.Certificate}.");
        });
    }
}
