"""Taking files in and handing files out; one module or package for each way."""
