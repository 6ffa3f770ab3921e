using Equaticket.Engine.Errors;

namespace Equaticket.Host.Commands;

/// <summary>Reads and writes the files passed to a command, with readable error messages.</summary>
internal static class CommandFiles
{
    /// <exception cref="ApiError">The file cannot be read.</exception>
    public static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (!Path.Exists(file))
            throw ApiError.Validation(null, $"The file {file} does not exist.");
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw ApiError.Validation(null, $"{file} cannot be read: {fault.Message}");
        }
    }

    /// <exception cref="ApiError">The file cannot be written.</exception>
    public static async Task WriteAsync(FileInfo file, string text, CancellationToken cancellationToken)
    {
        if (file.Directory is { Exists: false } folder)
            throw ApiError.Validation(null, $"The folder {folder.FullName} does not exist. Create it first.");
        try
        {
            await File.WriteAllTextAsync(file.FullName, text, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw ApiError.Validation(null, $"{file} cannot be written: {fault.Message}");
        }
    }
}
