using System.Security.Cryptography;
using System.Text;

namespace Equaticket.Schema.CheckIns;

/// <summary>The check-in key of one organization and mode, ready to sign and verify.</summary>
/// <remarks>
/// ECDSA objects are not thread-safe, so a lock serializes their use; a signature takes about ten microseconds.
/// </remarks>
internal sealed class SigningKey : IDisposable
{
    private readonly Lock _turn = new();
    private readonly ECDsa _key;

    /// <param name="id">The id of the key in QR texts.</param>
    /// <param name="privateKey">The private key, in PKCS #8 format.</param>
    public SigningKey(Guid id, byte[] privateKey)
    {
        Id = id;
        _key = ECDsa.Create();
        _key.ImportPkcs8PrivateKey(privateKey, out _);
    }

    public Guid Id { get; }

    /// <returns>The QR text of a ticket. Each call returns a different, equally valid text.</returns>
    public string Sign(Guid eventId, Guid ticketId) =>
        new QrText(Id, eventId, ticketId).Sign(text =>
        {
            lock (_turn)
                return _key.SignData(text, HashAlgorithmName.SHA256);
        });

    public bool HasSigned(QrText text, byte[] signature)
    {
        if (text.KeyId != Id)
            return false;
        lock (_turn)
        {
            return _key.VerifyData(
                Encoding.ASCII.GetBytes(text.Unsigned()), signature, HashAlgorithmName.SHA256);
        }
    }

    public void Dispose() => _key.Dispose();
}
