namespace Equaticket.Host.Hosting;

/// <summary>A missing or invalid setting, with a message that helps the operator fix it.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
