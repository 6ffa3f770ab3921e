using System.Security.Cryptography;

namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>The cluster's password: 192 random bits in a file that only its owner can read.</summary>
internal static class ClusterPassword
{
    private const int Bytes = 24;

    /// <summary>Reads the password, which is created before the cluster, or creates one.</summary>
    public static string ReadOrMake(DataFolder data)
    {
        if (File.Exists(data.PasswordFile))
            return File.ReadAllText(data.PasswordFile).Trim();
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var draft = data.PasswordFile + ".new";
        File.Delete(draft);
        PrivateFiles.Create(draft, password + "\n");
        File.Move(draft, data.PasswordFile);
        return password;
    }
}
