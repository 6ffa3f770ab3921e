using Microsoft.Extensions.Options;
using MimeKit;

namespace Equaticket.Schema.Emails;

/// <summary>
/// Writes emails to files that only the owner can read, if no mail server is configured. An email that is sent again
/// replaces its file.
/// </summary>
public sealed class FileTransport(IOptions<EmailOptions> options) : IEmailTransport, IEmailConnection
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public IEmailConnection Open() => this;

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var name = message.MessageId!.Split('@')[0];
        try
        {
            var folder = CreateFolder(options.Value.Folder);
            var (file, draft) = (Path.Join(folder, $"{name}.eml"), Path.Join(folder, $"{name}.tmp"));
            await WriteAsync(draft, message, cancellationToken);
            File.Move(draft, file, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmailUndeliveredException(
                $"the email folder cannot be written to ({fault.GetType().Name})")
            { IsOutage = true };
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(folder).FullName;
        return Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute).FullName;
    }

    private static async Task WriteAsync(
        string path, MimeMessage message, CancellationToken cancellationToken)
    {
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            settings.UnixCreateMode = OwnerFile;
        await using var file = new FileStream(path, settings);
        await message.WriteToAsync(file, cancellationToken);
        await file.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
