"""The five seed documents, byte for byte, and their reviewed annotations."""
