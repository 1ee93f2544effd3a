# language: vi
Tính năng: Tải lên và xếp hồ sơ
  Để văn bản của các thôn, bản được đọc, soát và xếp đúng hồ sơ mà không mất bản nào,
  rà soát viên và cán bộ xã tải lên nhiều tệp một lúc
  rồi sửa những gì máy đọc được.

  Tình huống: Nhiều tệp một lúc, mỗi tệp một tình trạng
    Khi rà soát viên tải lên quy ước "na-khuong.txt" của bản "Nà Khương", tệp rỗng "rong.txt" và tệp nén "kho.zip" có 2 quy ước
    Thì trang tải lên báo đã nhận 3 tệp
    Và mọi tệp đang chờ đọc
    Khi máy đọc xong
    Thì "na-khuong.txt" ở tình trạng "đã soát"
    Và "rong.txt" ở tình trạng "không đọc được" kèm mã "GA201"
    Và tệp nén "kho.zip" cho 2 văn bản "đã soát"

  Tình huống: Tải lên lần nữa đúng tệp ấy
    Khi rà soát viên tải lên quy ước "na-khuong.txt" của bản "Nà Khương"
    Và máy đọc xong
    Và rà soát viên tải lên lần nữa tệp ấy dưới tên "ban-sao.txt"
    Thì "ban-sao.txt" ở tình trạng "trùng"
    Và kho chỉ có 1 văn bản

  Tình huống: Rút lại rồi hoàn tác
    Khi rà soát viên tải lên quy ước "na-khuong.txt" của bản "Nà Khương"
    Và rà soát viên rút lại "na-khuong.txt"
    Thì "na-khuong.txt" ở tình trạng "đã rút"
    Khi rà soát viên hoàn tác
    Và máy đọc xong
    Thì "na-khuong.txt" ở tình trạng "đã soát"

  Tình huống: Máy điền sẵn, người sửa rồi xếp vào hồ sơ
    Khi rà soát viên tải lên quy ước "na-khuong.txt" của bản "Nà Khương"
    Và máy đọc xong
    Thì trang xếp hồ sơ điền sẵn bản "Nà Khương", ngày thông qua "2025-03-02" và chỗ đã đọc
    Khi rà soát viên sửa tên bản thành "Nà Khương Thượng" rồi lưu
    Thì xã "Bình Lư" có hồ sơ "Quy ước bản Nà Khương Thượng" ở trạng thái "thông qua"

  Tình huống: Cán bộ xã chỉ thấy xã mình
    Khi rà soát viên tải lên quy ước "na-khuong.txt" của bản "Nà Khương"
    Và máy đọc xong
    Thì cán bộ xã không thấy lần tải lên ấy

  Tình huống: Máy chủ và máy đọc bị tắt giữa chừng
    Khi rà soát viên tải lên quy ước "na-khuong.txt" của bản "Nà Khương"
    Và tiến trình đọc bị tắt khi đang đọc
    Và máy đọc xong
    Thì "na-khuong.txt" ở tình trạng "đã soát"
    Và nhật ký nguyên vẹn

  Tình huống: Tìm không dấu
    Khi rà soát viên tải lên quy ước "na-khuong.txt" của bản "Nà Khương"
    Và máy đọc xong
    Thì tìm "dat cua cha me" thấy văn bản và đánh dấu "đất của cha mẹ"
